#pragma once

#include "core/json/jsondata.h"
#include "core/room/middlewareconfig.h"
#include "core/schema/pattern.h"
#include "server/middleware/wordlist.h"

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace dialogue {

/** Looks for what a ContentFilter names, in texts and in JSON. Values alone: names of members are the
 * schema's affair. Made once, const calls are re-entrant. */
class ContentSearch
{
public:
    /** What one search may take: for each byte of the JSON four, besides so many, and so many in all. */
    static constexpr int BaseSteps = 20'000;
    static constexpr int MaxSteps = 500'000;

    /** What \a filter says, which checkMiddleware() has found good. */
    explicit ContentSearch(const ContentFilter &filter);

    struct Outcome
    {
        enum class Verdict { Clean, Found, TooLong };

        Verdict verdict = Verdict::Clean;
        QString pointer = {}; ///< Of the first text where something was found, or where it was too much.
        QByteArray masked = {}; ///< The JSON with stars in its place; empty where it was not to be masked.
    };
    /** In \a json, which is a value. Without \a mask it ends at what it finds first. */
    [[nodiscard]] Outcome search(const QByteArray &json, bool mask) const;

    /** Where something stands in \a text, in order and apart; nothing: the \a steps do not suffice. */
    [[nodiscard]] std::optional<std::vector<TextRange>> find(const QString &text, bool all, int &steps) const;

private:
    class Walk;
    using Pointer = std::vector<QString>; ///< The names on the way.

    [[nodiscard]] bool findPatterns(const QString &text, bool all, std::vector<TextRange> &found,
                                    int &steps) const;

    const WordList m_words;
    std::vector<schema::Pattern> m_patterns;
    std::vector<Pointer> m_fields; ///< None: all.
    const int m_maxLength;
};

/** \a text with a star in the place of each character within \a ranges, which are in order and apart. */
[[nodiscard]] QString masked(const QString &text, const std::vector<TextRange> &ranges);

} // namespace dialogue
