#pragma once

#include <QStringView>

#include <string>
#include <vector>

namespace dialogue {

/** A word of a text: where it stands, and what it is compared by. */
struct Word
{
    qsizetype begin = 0;
    qsizetype end = 0; ///< Behind it.
    std::u16string folded; ///< Without case, compatibility forms and what is not seen: "strasse" of "Straße".
};

/**
 * The words of \a text: letters, digits and marks in a row. Of scripts that put no blanks between words
 * (Chinese, Japanese, Thai ...) each character is one. In one pass.
 */
[[nodiscard]] std::vector<Word> wordsOf(QStringView text);

} // namespace dialogue
