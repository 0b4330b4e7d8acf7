#pragma once

#include "core/base/export.h"

#include <QString>
#include <QStringView>

namespace dialogue {

/**
 * \a text of a stranger's for a log or a terminal: what moves the cursor, ends the line, turns the direction
 * of writing or is not seen (controls, format characters, separators of lines and paragraphs, halves of
 * surrogate pairs) as \u escapes. As part of a JSON text it stays the same value. Everything of a stranger's
 * that is logged or printed goes through here.
 */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString printable(QStringView text);

/** The same in quotes, with its own quotes and backslashes escaped: where it ends is seen. */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString quoted(QStringView text);
[[nodiscard]] DIALOGUE_CORE_EXPORT QString quoted(QByteArrayView utf8);

/**
 * What makes \a id no id: characters that are not seen (all that printable() escapes, and what Unicode lets
 * be ignored when displayed), so that two ids which look alike could be told apart by nobody. Empty when it
 * is one; else for after the name of the member: "must not contain U+202E (character 3): ...".
 */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString faultOfId(QStringView id);

} // namespace dialogue
