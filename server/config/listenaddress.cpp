#include "server/config/listenaddress.h"

#include "server/tcp/unixaddress.h"

#include <QHostAddress>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

/** The address without what does not belong to it: a scheme, brackets, a port, a path. */
QString bareAddress(const QString &host)
{
    static const QRegularExpression around(
        u"^(?:[a-z][a-z0-9+.-]*://)?(?:\\[([0-9a-f:.]+)\\]|([0-9.]+|localhost|\\*))(?::[0-9]*)?(?:/.*)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = around.match(host);
    const QString bare = match.captured(1) + match.captured(2);
    return bare == u"*" ? u"0.0.0.0"_s : bare;
}

bool isAddress(const QString &host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || !QHostAddress(host).isNull();
}

} // namespace

QString listenAddressProblem(const QString &host)
{
    if (isAddress(host))
        return {};
    if (host == HandedOver || host == NoListener)
        return {};
    if (host.startsWith(UnixPrefix)) {
        const Result<UnixAddress> address = UnixAddress::parse(host);
        return address ? QString() : address.error().message;
    }
    if (host.startsWith(u'/') && UnixAddress::parse(UnixPrefix + host))
        return u"\"%1\" is a path; did you mean \"unix:%1\"?"_s.arg(host);
    const QString bare = bareAddress(host);
    const QString advice = isAddress(bare) && bare != host
        ? u"; did you mean \"%1\"? The port is `port`"_s.arg(bare)
        : QString();
    return u"must be an IP address, \"localhost\", \"0.0.0.0\", \"::\" or \"unix:/run/dialogue.sock\", not \"%1\"%2"_s
        .arg(host, advice);
}

} // namespace dialogue::config
