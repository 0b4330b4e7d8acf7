#pragma once

#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QUrl>

namespace dialogue::client {

/** The cookies of one host, whatever address its requests go to. */
class CookiesOfHost : public QNetworkCookieJar
{
public:
    explicit CookiesOfHost(QString host)
        : m_host(std::move(host))
    { }

    [[nodiscard]] QList<QNetworkCookie> cookiesForUrl(const QUrl &url) const override
    {
        return QNetworkCookieJar::cookiesForUrl(named(url));
    }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &cookies, const QUrl &url) override
    {
        return QNetworkCookieJar::setCookiesFromUrl(cookies, named(url));
    }

private:
    [[nodiscard]] QUrl named(QUrl url) const
    {
        url.setHost(m_host);
        return url;
    }

    QString m_host;
};

} // namespace dialogue::client
