#pragma once

#include "core/json/cursor.h"

#include <QByteArray>

namespace dialogue::schema {

/**
 * A string of checked JSON as UTF-8, its escapes resolved; a lone surrogate as the three bytes it would have
 * if it were a character, so that no two strings become one.
 */
QByteArray utf8Of(const json::StringToken &token);

/** The same appended to \a out. */
void appendUtf8(QByteArray &out, const json::StringToken &token);

/**
 * Appends the checked value at \a at to \a out, in a form that is the same for values that are equal: 1 and
 * 1.0, members in another order, characters as escapes or not. Gives what is behind it; null where a member
 * comes twice, so that it depends on the reader what the value is, or more than \a depth arrays and objects
 * are inside one another.
 */
const char *appendCanonical(QByteArray &out, const char *at, const char *end, int depth = json::MaxDepth);

} // namespace dialogue::schema
