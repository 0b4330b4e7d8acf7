#pragma once

#include <QByteArray>
#include <QString>

#include <cstdio>

namespace dialogue::cli {

/** Writes at once, also into a pipe: whoever follows us sees each line when it happens.
 * False when nobody reads any more. */
inline bool print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stdout);
    return std::fflush(stdout) == 0 && !std::ferror(stdout);
}

/** A line on stderr, where it does not get in the way of what is piped on. */
inline void say(const QString &text)
{
    const QByteArray line = "dialogue: " + text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

} // namespace dialogue::cli
