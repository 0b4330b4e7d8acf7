#include "server/jwt/token.h"

#include "core/base/foreigntext.h"
#include "server/files/strictjson.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::jwt {

namespace {

constexpr auto Encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

Error bad(const QString &reason) { return {ErrorCode::Unauthorized, reason}; }

bool isOfBase64Url(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

Result<QJsonObject> objectOf(QByteArrayView part, const QString &name)
{
    const Result<QByteArray> text = fromBase64Url(part);
    if (!text)
        return bad(name + u" "_s + text.error().message);
    Result<QJsonObject> object = strictObject(*text);
    if (!object)
        return bad(name + u" "_s + object.error().message);
    return object;
}

/** Those of other purposes, such as "logout+jwt", say so (RFC 8725, section 3.11). */
bool isAccessToken(QString type)
{
    type = type.toLower();
    if (type.startsWith("application/"_L1))
        type.remove(0, 12);
    return type == "jwt"_L1 || type == "at+jwt"_L1;
}

Result<void> readHeader(const QJsonObject &header, Token &token)
{
    if (header.contains("crit"_L1))
        return bad(u"its header has crit: something that is not known here would have to be understood"_s);
    const QJsonValue algorithm = header.value("alg"_L1);
    if (!algorithm.isString())
        return bad(u"its header names no algorithm (alg)"_s);
    token.algorithm = algorithm.toString();
    if (const QJsonValue type = header.value("typ"_L1);
        !type.isUndefined() && !isAccessToken(type.toString())) {
        return bad(u"it is of another type (typ): %1"_s.arg(quoted(QStringView(type.toString()).left(64))));
    }
    const QJsonValue keyId = header.value("kid"_L1);
    if (keyId.isUndefined())
        return {};
    if (!keyId.isString() || keyId.toString().isEmpty())
        return bad(u"its header's kid is no text"_s);
    token.keyId = keyId.toString();
    if (const qsizetype size = token.keyId.toUtf8().size(); size > LongestKeyId)
        return bad(u"its header's kid has %1 bytes, %2 are allowed"_s.arg(size).arg(LongestKeyId));
    return {};
}

} // namespace

bool looksLikeToken(QByteArrayView text)
{
    return std::ranges::count(text, '.') == 2 && !text.startsWith('.')
        && std::ranges::all_of(text, [](char c) { return c == '.' || isOfBase64Url(c); });
}

Result<QByteArray> fromBase64Url(QByteArrayView text)
{
    if (!std::ranges::all_of(text, isOfBase64Url))
        return bad(u"is not base64url"_s);
    const QByteArray given = text.toByteArray();
    auto bytes = QByteArray::fromBase64Encoding(given, Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return bad(u"is not base64url"_s);
    if (bytes.decoded.toBase64(Encoding) != given)
        return bad(u"is not base64url as it is written: the bits behind its end are not 0"_s);
    return std::move(bytes.decoded);
}

QByteArray toBase64Url(const QByteArray &bytes) { return bytes.toBase64(Encoding); }

Result<Token> Token::parse(QByteArrayView text)
{
    if (text.size() > LongestToken)
        return bad(u"it has %1 bytes, %2 are allowed"_s.arg(text.size()).arg(LongestToken));
    const QList<QByteArray> parts = text.toByteArray().split('.');
    if (parts.size() == 5)
        return bad(u"it is encrypted (JWE), which is not taken here"_s);
    if (parts.size() != 3)
        return bad(u"it has %1 parts, a token has 3"_s.arg(parts.size()));
    const Result<QJsonObject> header = objectOf(parts[0], u"its header"_s);
    if (!header)
        return header.error();
    Token token{.header = parts[0], .payload = parts[1], .signature = parts[2], .algorithm = {}};
    if (const auto good = readHeader(*header, token); !good)
        return good.error();
    Result<QJsonObject> claims = objectOf(parts[1], u"its payload"_s);
    if (!claims)
        return claims.error();
    token.claims = *std::move(claims);
    if (const auto signature = fromBase64Url(parts[2]); !signature)
        return bad(u"its signature "_s + signature.error().message);
    return token;
}

} // namespace dialogue::jwt
