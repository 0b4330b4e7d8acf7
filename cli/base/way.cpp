#include "cli/base/way.h"

#include <QFile>
#include <QSslCertificate>
#include <QUrl>

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

Error wrong(const QString &message, const QString &option)
{
    return Error{.code = ErrorCode::InvalidRequest, .message = message, .path = option};
}

/** RFC 9110, 5.6.2. */
bool isToken(const QByteArray &name)
{
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !name.isEmpty() && std::ranges::all_of(name, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || others.find(c) != std::string_view::npos;
    });
}

Result<std::pair<QByteArray, QByteArray>> headerOf(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const QByteArray name = text.left(colon).toUtf8();
    const QByteArray value = text.mid(colon + 1).trimmed().toUtf8();
    const bool isLine = std::ranges::all_of(value, [](char c) { return c == '\t' || (c & 0xe0) != 0; });
    if (colon < 0 || !isToken(name) || !isLine)
        return wrong(u"must be like 'X-Key: 123', not '%1'"_s.arg(text), u"--header"_s);
    return std::pair(name, value);
}

Result<QNetworkProxy> proxyOf(const QString &text)
{
    if (text == u"none")
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == u"http";
    const bool isSocks = url.scheme() == u"socks5" || url.scheme() == u"socks5h";
    const bool isBare = url.path().isEmpty() || url.path() == u"/";
    if (!url.isValid() || url.host().isEmpty() || url.port() <= 0 || !isBare || !(isHttp || isSocks))
        return wrong(
            u"must be like http://proxy.example:3128 or socks5://127.0.0.1:1080, or none, not '%1'"_s.arg(
                url.isValid() ? url.toDisplayString() : text),
            u"--proxy"_s);
    return QNetworkProxy(isHttp ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy, url.host(),
                         static_cast<quint16>(url.port()), url.userName(), url.password());
}

Result<QList<QSslCertificate>> certificatesIn(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(u"cannot read %1: %2"_s.arg(name, file.errorString()), u"--cacert"_s);
    const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return wrong(u"%1 holds no certificate in PEM"_s.arg(name), u"--cacert"_s);
    return certificates;
}

} // namespace

Result<void> setWay(const Arguments &arguments, ClientConfig &config)
{
    const QStringList headers = arguments.values(u"header"_s);
    for (const QString &text : headers) {
        const auto header = headerOf(text);
        if (!header)
            return header.error();
        config.headers.append(*header);
    }
    if (arguments.isSet(u"proxy"_s)) {
        const auto proxy = proxyOf(arguments.value(u"proxy"_s));
        if (!proxy)
            return proxy.error();
        config.proxy = *proxy;
    }
    if (arguments.isSet(u"cacert"_s)) {
        const auto certificates = certificatesIn(arguments.value(u"cacert"_s));
        if (!certificates)
            return certificates.error();
        config.ssl.addCaCertificates(*certificates);
    }
    if (arguments.isSet(u"insecure"_s))
        config.trustCertificate = [](const QList<QSslError> &) { return true; };
    return {};
}

} // namespace dialogue::cli
