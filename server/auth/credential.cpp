#include "server/auth/credential.h"

#include <QList>

namespace dialogue {

namespace {

constexpr QByteArrayView Bearer = "bearer ";

QByteArray bearerOf(const HttpHeaders &headers)
{
    // Of two nobody knows which is meant (RFC 9110, section 5.3: it is no list).
    if (headers.count("Authorization") > 1)
        return {};
    const QByteArray value = headers.value("Authorization").trimmed();
    // The scheme's case does not count (RFC 9110, section 11.1).
    if (value.size() <= Bearer.size() || value.first(Bearer.size()).toLower() != Bearer)
        return {};
    return value.sliced(Bearer.size()).trimmed();
}

} // namespace

QByteArray cookieOf(const HttpHeaders &headers, QByteArrayView name)
{
    for (const auto &[field, value] : headers.fields()) {
        if (field.compare("Cookie", Qt::CaseInsensitive) != 0)
            continue;
        const QList<QByteArray> pairs = value.toByteArray().split(';');
        for (const QByteArray &pair : pairs) {
            const qsizetype equals = pair.indexOf('=');
            if (equals < 0 || pair.first(equals).trimmed() != name)
                continue;
            QByteArray text = pair.sliced(equals + 1).trimmed();
            if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
                text = text.sliced(1, text.size() - 2);
            return text;
        }
    }
    return {};
}

std::optional<Credential> credentialOf(const ConnectRequest &request, const QByteArray &cookie)
{
    if (const QJsonValue token = request.auth.value(QLatin1String("token")); token.isString())
        return Credential{token.toString().toUtf8(), Credential::From::Auth};
    if (const QByteArray bearer = bearerOf(request.handshake.headers); !bearer.isEmpty())
        return Credential{bearer, Credential::From::Bearer};
    if (cookie.isEmpty())
        return {};
    if (const QByteArray value = cookieOf(request.handshake.headers, cookie); !value.isEmpty())
        return Credential{value, Credential::From::Cookie};
    return {};
}

bool mayCookieSpeak(const HttpHeaders &headers)
{
    if (headers.contains("Origin"))
        return true;
    return !headers.contains("Upgrade") && headers.value("Sec-Fetch-Site") == "same-origin";
}

} // namespace dialogue
