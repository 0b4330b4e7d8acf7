#pragma once

#include <QByteArrayView>
#include <QJsonValue>
#include <QString>

#include <optional>
#include <vector>

namespace dialogue::console {

/** A member of an object, or an item of an array, where it lies. */
struct JsonPart
{
    QString name; ///< Of an item its number.
    QByteArrayView text;
};

/** The parts of an array or object, in their order, up to where \a json is none; of any other value none. */
[[nodiscard]] std::vector<JsonPart> jsonPartsOf(QByteArrayView json);

/** By its first character; Undefined: no value begins so. */
[[nodiscard]] QJsonValue::Type jsonTypeOf(QByteArrayView json);

/** What a JSON string says; nothing where \a json is none. */
[[nodiscard]] std::optional<QString> jsonStringIn(QByteArrayView json);

/** The place of the part \a name of what is at \a pointer (RFC 6901). */
[[nodiscard]] QString pointerTo(const QString &pointer, QString name);

} // namespace dialogue::console
