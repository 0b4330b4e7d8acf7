#include "server/middleware/wordlist.h"

#include <algorithm>

namespace dialogue {

WordList::WordList(const QStringList &entries)
{
    for (const QString &text : entries) {
        std::vector<Word> words = wordsOf(text);
        if (words.empty())
            continue;
        Entry rest;
        for (auto word = words.begin() + 1; word != words.end(); ++word)
            rest.push_back(std::move(word->folded));
        m_byFirst[std::move(words.front().folded)].push_back(std::move(rest));
    }
    const auto isLonger = [](const Entry &a, const Entry &b) { return a.size() > b.size(); };
    for (auto &[first, alike] : m_byFirst)
        std::ranges::stable_sort(alike, isLonger);
}

bool WordList::find(QStringView text, std::vector<TextRange> &found, int &steps) const
{
    if (isEmpty())
        return true;
    const std::vector<Word> words = wordsOf(text);
    const auto isAt = [&](std::size_t at, const Entry &rest) {
        if (words.size() - at < rest.size())
            return false;
        for (const std::u16string &wanted : rest) {
            --steps;
            if (words[at++].folded != wanted)
                return false;
        }
        return true;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        --steps;
        const auto alike = m_byFirst.find(words[i].folded);
        if (alike == m_byFirst.end())
            continue;
        for (const Entry &rest : alike->second) {
            if (--steps < 0)
                return false;
            if (isAt(i + 1, rest)) {
                found.push_back({words[i].begin, words[i + rest.size()].end});
                break;
            }
        }
    }
    return steps >= 0;
}

} // namespace dialogue
