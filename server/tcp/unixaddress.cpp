#include "server/tcp/unixaddress.h"

#include <QFile>
#include <QRegularExpression>

namespace dialogue {

Result<UnixAddress> UnixAddress::parse(const QString &host)
{
    const auto problem = [](const QString &why) {
        return Error{ErrorCode::ConfigError, why, QStringLiteral("host")};
    };
    static const QRegularExpression withMode(QStringLiteral("^(.*),mode=0?([0-7]{3})$"));
    UnixAddress address{.path = host.sliced(UnixPrefix.size())};
    if (const QRegularExpressionMatch match = withMode.match(address.path); match.hasMatch()) {
        address.mode = match.captured(2).toUInt(nullptr, 8);
        address.path = match.captured(1);
    } else if (address.path.contains(u",mode=")) {
        return problem(QStringLiteral(
            "the mode of a Unix socket is octal, as in \"unix:/run/dialogue.sock,mode=0660\""));
    }
    const QString &path = address.path;
    if (!path.startsWith(u'/'))
        return problem(
            QStringLiteral("the path of a Unix socket begins with \"/\", as in \"unix:/run/dialogue.sock\""));
    if (path.endsWith(u'/') || path.contains(QChar(u'\0')))
        return problem(QStringLiteral(
            "the path of a Unix socket is the name of a file, as in \"unix:/run/dialogue.sock\""));
    if (const qsizetype size = QFile::encodeName(path).size(); size > LongestPath) {
        return problem(QStringLiteral("the path of a Unix socket has at most %1 bytes, this one has %2")
                           .arg(LongestPath)
                           .arg(size));
    }
    return address;
}

} // namespace dialogue
