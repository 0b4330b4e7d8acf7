#pragma once

#include <QJsonValue>

/** The kinds of JSON values, as bits: an integer is a number, too. */
namespace dialogue::types::JsonKinds {

inline constexpr unsigned Null = 1;
inline constexpr unsigned Boolean = 2;
inline constexpr unsigned Integer = 4;
inline constexpr unsigned Number = 8;
inline constexpr unsigned String = 16;
inline constexpr unsigned Array = 32;
inline constexpr unsigned Object = 64;
inline constexpr unsigned All = 127;

/** Those that the value of a keyword `type` lets pass; all where there is none. */
[[nodiscard]] unsigned kindsIn(const QJsonValue &type);

/** Those that \a value is of. */
[[nodiscard]] unsigned kindsOf(const QJsonValue &value);

} // namespace dialogue::types::JsonKinds
