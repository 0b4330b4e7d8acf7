#pragma once

#include "server/middleware/words.h"

#include <QStringList>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace dialogue {

/** From where to where in a text. */
struct TextRange
{
    qsizetype begin = 0;
    qsizetype end = 0;

    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/** Words, and several in a row, that are looked for in texts. */
class WordList
{
public:
    explicit WordList(const QStringList &entries);

    [[nodiscard]] bool isEmpty() const { return m_byFirst.empty(); }
    /** Adds to \a found where one stands in \a text, the longest of those that begin there. Each comparison
     * of a word takes a step off \a steps; false: they do not suffice. */
    [[nodiscard]] bool find(QStringView text, std::vector<TextRange> &found, int &steps) const;

private:
    using Entry = std::vector<std::u16string>; ///< Behind its first word.
    std::unordered_map<std::u16string, std::vector<Entry>> m_byFirst; ///< The longest first.
};

} // namespace dialogue
