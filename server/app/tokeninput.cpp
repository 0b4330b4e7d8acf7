#include "server/app/tokeninput.h"

#include <QFile>

#include <cstdio>

namespace dialogue {

QByteArray tokenOf(const QString &word)
{
    constexpr qint64 longest = 65536; // Bytes that are read of the standard input.
    if (word != u"-")
        return word.toUtf8();
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? input.read(longest).trimmed() : QByteArray();
}

} // namespace dialogue
