#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace dialogue::console {

/** What a schema's `type` says: one or a list. */
[[nodiscard]] QStringList typesIn(const QJsonValue &type);

/** Narrows \a into by \a other, as allOf does, as far as a form is concerned. What it says is why the two
 * cannot be had in one form; empty: they can. */
[[nodiscard]] QString mergeSchema(QJsonObject &into, const QJsonObject &other);

} // namespace dialogue::console
