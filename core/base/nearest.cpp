#include "core/base/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace dialogue {

namespace {

constexpr qsizetype MaxWord = 64; // a longer one is no slip of the fingers

/** How many letters must change, come or go to make \a b of \a a (Levenshtein). */
int distance(const QString &a, const QString &b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i) + 1;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int replaced = diagonal + (a[i] == b[qsizetype(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/** Two letters that changed places are two; in a word of three they would make it any other. */
int usualSlips(qsizetype size) { return size < 4 ? 1 : std::max(2, int(size) / 3); }

} // namespace

QString nearest(const QString &word, const QStringList &words, int most)
{
    if (word.size() > MaxWord)
        return {};
    QString best;
    int least = (most < 0 ? usualSlips(word.size()) : most) + 1;
    for (const QString &candidate : words) {
        const int changes = distance(word.toLower(), candidate.toLower());
        if (changes < least) {
            least = changes;
            best = candidate;
        }
    }
    return best;
}

} // namespace dialogue
