#pragma once

#include <QByteArrayView>
#include <QStringList>
#include <QVariant>

#include <optional>

namespace dialogue::console {

/** The parts of a JSON pointer (RFC 6901), without their escapes; nothing where \a pointer is none. */
[[nodiscard]] std::optional<QStringList> partsOfPointer(const QString &pointer);

/**
 * The value at the place that \a parts lead to in \a json, as a text, number or truth; of an array or object
 * its JSON as text, of null nullptr. Invalid where nothing is there, or \a json is none up to there. Nothing
 * else of it is parsed.
 */
[[nodiscard]] QVariant valueAt(QByteArrayView json, const QStringList &parts);

} // namespace dialogue::console
