#pragma once

#include <QStringView>

#include <algorithm>

// What of a text is its own JSON: most texts are, as a whole.

namespace dialogue::json {

/** How many characters at the front of \a text are their own UTF-8 and need no escape. */
inline qsizetype plainRun(QStringView text)
{
    const auto isPlain = [](QChar c) {
        return c.unicode() >= 0x20 && c.unicode() < 0x80 && c.unicode() != u'"' && c.unicode() != u'\\';
    };
    return std::find_if_not(text.begin(), text.end(), isPlain) - text.begin();
}

/** Such characters; behind the last of them is given back. */
inline char *copyPlain(QStringView text, char *to)
{
    return std::transform(text.begin(), text.end(), to,
                          [](QChar c) { return static_cast<char>(c.unicode()); });
}

} // namespace dialogue::json
