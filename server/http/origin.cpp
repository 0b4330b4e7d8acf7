#include "server/http/origin.h"

#include "server/http/httpmessage.h"
#include "server/tcp/trustedproxies.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr qsizetype LongestHost = 255; ///< A name of DNS.

int defaultPort(const QByteArray &scheme)
{
    if (scheme == "http" || scheme == "ws")
        return 80;
    return scheme == "https" || scheme == "wss" ? 443 : 0;
}

bool isScheme(QByteArrayView text)
{
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.isEmpty() && isLetter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
    });
}

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/** "[2001:db8::1]" in its usual form; nothing where it is no address. */
std::optional<QByteArray> bracketed(QByteArrayView text)
{
    if (!text.startsWith('[') || !text.endsWith(']'))
        return std::nullopt;
    const QByteArrayView inner = text.sliced(1, text.size() - 2);
    const auto address = inner.contains(':') ? strictAddress(inner) : std::nullopt;
    if (!address)
        return std::nullopt;
    // A browser keeps "[::ffff:192.0.2.7]" as what it is.
    const QHostAddress shown = address->protocol() == QAbstractSocket::IPv6Protocol
        ? *address
        : QHostAddress(address->toIPv6Address());
    return '[' + shown.toString().toLatin1() + ']';
}

/** Host and port of "host:port" or "[host]:port", unchecked; the second is null where there is none. */
std::pair<QByteArray, QByteArray> splitAuthority(const QByteArray &text)
{
    const qsizetype bracket = text.startsWith('[') ? text.indexOf(']') : -1;
    const qsizetype colon = text.indexOf(':', std::max<qsizetype>(bracket, 0));
    if (colon < 0)
        return {text, {}};
    return {text.first(colon), QByteArray(text.constData() + colon + 1, text.size() - colon - 1)};
}

/** Whether \a text is \a pattern, in which "*" stands for one or more characters. */
bool fits(QByteArrayView pattern, QByteArrayView text)
{
    // The last star met, and where what it stands for ends so far.
    qsizetype star = -1;
    qsizetype end = 0;
    qsizetype p = 0;
    qsizetype t = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            end = ++t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++end;
        } else {
            return false;
        }
    }
    return p == pattern.size();
}

Error never(const QString &text, const QString &why)
{
    return {ErrorCode::ConfigError, u"\"%1\" matches nothing: %2"_s.arg(text, why)};
}

} // namespace

std::optional<Authority> parseAuthority(QByteArrayView text)
{
    const auto [host, port] = splitAuthority(text.toByteArray().toLower());
    if (host.isEmpty() || host.size() > LongestHost)
        return std::nullopt;
    Authority authority;
    if (host.startsWith('[')) {
        const std::optional<QByteArray> address = bracketed(host);
        if (!address)
            return std::nullopt;
        authority.host = *address;
    } else if (std::all_of(host.begin(), host.end(), isHostCharacter)) {
        authority.host = host;
    } else {
        return std::nullopt;
    }
    if (port.isNull())
        return authority;
    if (!port.isEmpty()) { // "example.org:" tells none (RFC 3986, section 3.2.3).
        const std::optional<int> number = parsePort(port);
        if (!number)
            return std::nullopt;
        authority.port = *number;
    }
    return authority;
}

std::optional<int> parsePort(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 5
        || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const int port = text.toByteArray().toInt();
    return port > 0 && port <= 0xffff ? std::optional(port) : std::nullopt;
}

bool isAddress(const Authority &authority)
{
    return authority.host.startsWith('[') || strictAddress(authority.host).has_value();
}

std::optional<Origin> parseOrigin(QByteArrayView text)
{
    const qsizetype end = text.indexOf("://");
    if (end < 0)
        return std::nullopt;
    Origin origin{.scheme = text.first(end).toByteArray().toLower(), .authority = {}};
    const QByteArrayView rest = text.sliced(end + 3);
    if (!isScheme(origin.scheme))
        return std::nullopt;
    if (rest.isEmpty())
        return defaultPort(origin.scheme) == 0 ? std::optional(origin) : std::nullopt;
    const std::optional<Authority> authority = parseAuthority(rest);
    if (!authority)
        return std::nullopt;
    origin.authority = *authority;
    if (origin.authority.port == 0)
        origin.authority.port = defaultPort(origin.scheme);
    return origin;
}

bool isSameOrigin(const Origin &origin, QByteArrayView host, int unnamedPort)
{
    const int usual = defaultPort(origin.scheme);
    if (usual == 0)
        return false;
    const std::optional<Authority> own = parseAuthority(host);
    if (!own || own->host != origin.authority.host)
        return false;
    const int port = origin.authority.port;
    return own->port == 0 ? port == usual || port == unnamedPort || unnamedPort == HttpRequest::AnyPort
                          : port == own->port;
}

Result<HostPattern> HostPattern::parse(const QString &host)
{
    HostPattern pattern;
    const QString lower = host.toLower();
    if (lower.startsWith(u'[')) {
        const std::optional<QByteArray> address = bracketed(lower.toUtf8());
        if (!address)
            return never(host, u"in brackets an address of IPv6 is expected, such as \"[::1]\""_s);
        pattern.m_labels = {*address};
        return pattern;
    }
    QStringList labels = lower.split(u'.');
    if (labels.size() > 1 && labels.last().isEmpty())
        labels.removeLast(); // "example.org." is the same name, though browsers keep the dot.
    for (const QString &label : std::as_const(labels)) {
        // What browsers make of a name beyond ASCII (RFC 5891).
        const QByteArray ace = label.contains(u'*') ? label.toUtf8() : QUrl::toAce(label);
        const bool good = !ace.isEmpty() && ace.size() <= 63
            && std::all_of(ace.begin(), ace.end(), [](char c) { return isHostCharacter(c) || c == '*'; });
        if (!good)
            return never(host,
                         u"a host name is letters, digits, \"-\" and \".\", with \"*\" for a part of a "
                         "label, without a path"_s);
        pattern.m_labels.append(ace);
    }
    const QByteArray &top = pattern.m_labels.last();
    const bool numeric = std::all_of(top.begin(), top.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (numeric && !strictAddress(lower.toUtf8()))
        return never(host, u"a name that ends in a number is an address, such as \"192.0.2.7\""_s);
    return pattern;
}

QString HostPattern::problem(const QString &host)
{
    const Result<HostPattern> pattern = parse(host);
    return pattern ? QString() : pattern.error().message;
}

bool HostPattern::matches(const QByteArray &host) const
{
    if (host.startsWith('['))
        return m_labels == QList<QByteArray>{host};
    QList<QByteArray> labels = host.split('.');
    if (labels.size() > 1 && labels.last().isEmpty())
        labels.removeLast();
    return labels.size() == m_labels.size()
        && std::equal(
               m_labels.begin(), m_labels.end(), labels.begin(),
               [](const QByteArray &pattern, const QByteArray &label) { return fits(pattern, label); });
}

Result<OriginPattern> OriginPattern::parse(const QString &text)
{
    OriginPattern pattern;
    if (text == "null"_L1) {
        pattern.m_null = true;
        return pattern;
    }
    const qsizetype end = text.indexOf("://"_L1);
    pattern.m_scheme = (end < 0 ? QString() : text.first(end).toLower()).toUtf8();
    if (!isScheme(pattern.m_scheme)) {
        return never(text,
                     u"an origin is a scheme, \"://\" and a host, such as \"https://app.example.org\", or "
                     "\"null\""_s);
    }
    const QString rest = text.sliced(end + 3);
    const int usual = defaultPort(pattern.m_scheme);
    if (const qsizetype slash = rest.indexOf(QRegularExpression(u"[/?#@]"_s)); slash >= 0) {
        return never(text,
                     rest.at(slash) == u'@'
                         ? u"an origin has no user name; write \"%1\""_s.arg(text.first(end + 3)
                                                                             + rest.sliced(slash + 1))
                         : u"an origin has no path; write \"%1\""_s.arg(text.first(end + 3 + slash)));
    }
    if (rest.isEmpty()) {
        if (usual != 0)
            return never(text, u"a host is missing behind \"://\""_s);
        pattern.m_port = 0;
        return pattern;
    }
    const qsizetype bracket = rest.startsWith(u'[') ? rest.indexOf(u']') : -1;
    const qsizetype colon = rest.indexOf(u':', std::max<qsizetype>(bracket, 0));
    const QString host = colon < 0 ? rest : rest.first(colon);
    const Result<HostPattern> parsed = HostPattern::parse(host);
    if (!parsed)
        return never(text, parsed.error().message.section(u": "_s, 1));
    if (usual != 0 && parsed->isAnything()) {
        return never(text,
                     u"\"*\" stands for a part of one label; write the domain behind it, as in "
                     "\"https://*.example.org\", or \"*\" for any page"_s);
    }
    pattern.m_host = *parsed;
    if (colon < 0) {
        pattern.m_port = usual;
    } else if (rest.sliced(colon + 1) != "*"_L1) {
        pattern.m_port = parsePort(rest.sliced(colon + 1).toUtf8());
        if (!pattern.m_port)
            return never(text, u"behind the last \":\" a port from 1 to 65535 is expected, or \"*\""_s);
    }
    return pattern;
}

QString OriginPattern::problem(const QString &text)
{
    if (text == "*"_L1)
        return {};
    const Result<OriginPattern> pattern = parse(text);
    return pattern ? QString() : pattern.error().message;
}

bool OriginPattern::matches(QByteArrayView text, const std::optional<Origin> &origin) const
{
    if (m_null || !origin)
        return m_null && text == "null";
    if (origin->scheme != m_scheme || origin->authority.host.isEmpty() == m_host.has_value()
        || (m_port && origin->authority.port != *m_port))
        return false;
    return !m_host || m_host->matches(origin->authority.host);
}

} // namespace dialogue
