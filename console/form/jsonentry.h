#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace dialogue::console {

/** JSON that somebody typed: the value, or what is wrong with it and where. */
struct JsonEntry
{
    std::optional<QJsonValue> value = {};
    QString fault = {};
    QString rounded = {}; ///< A number in it whose digits are not all kept; empty: there is none.
    qsizetype line = 0; ///< From 1.
    qsizetype column = 0; ///< From 1, in characters.
    qsizetype position = 0; ///< From 0, in UTF-16 units of the text.
};

inline constexpr qsizetype LongestJsonEntry = 1 << 20; ///< In characters.

/** \a text, one JSON value of whatever type. Whole numbers of 64 bits are kept exactly. */
[[nodiscard]] JsonEntry readJsonEntry(const QString &text);

/** "Line 3, column 7: Expected a colon behind the key" */
[[nodiscard]] QString faultText(const JsonEntry &entry);

/** Indented, to be read and edited. */
[[nodiscard]] QString prettyJson(const QJsonValue &value);

} // namespace dialogue::console
