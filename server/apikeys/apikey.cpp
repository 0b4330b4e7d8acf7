#include "server/apikeys/apikey.h"

#include "core/base/randombytes.h"

#include <QCryptographicHash>

#include <algorithm>

#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace dialogue::apikeys {

namespace {

constexpr QByteArrayView Mark = "dlg_";
constexpr qsizetype SecretLength = 43; ///< Of 32 bytes in base64url.
constexpr auto SecretEncoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

bool isOfSecret(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

} // namespace

bool looksLikeApiKey(QByteArrayView text) { return text.startsWith(Mark); }

bool isKeyId(QStringView id)
{
    return !id.isEmpty() && id.size() <= LongestId && std::ranges::all_of(id, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

std::optional<ApiKey> ApiKey::parse(QByteArrayView text)
{
    if (!looksLikeApiKey(text) || text.size() > Mark.size() + LongestId + 1 + SecretLength)
        return {};
    const QByteArrayView rest = text.sliced(Mark.size());
    const qsizetype end = rest.indexOf('_'); // The secret may have some, too.
    if (end < 0 || rest.size() - end - 1 != SecretLength)
        return {};
    const QString id = QString::fromLatin1(rest.first(end));
    if (!isKeyId(id) || !std::ranges::all_of(rest.sliced(end + 1), isOfSecret))
        return {};
    return ApiKey{id, QCryptographicHash::hash(text.toByteArray(), QCryptographicHash::Sha256)};
}

QByteArray newKeyText(const QString &id)
{
    return Mark.toByteArray() + id.toLatin1() + '_' + randomBytes<32>().toBase64(SecretEncoding);
}

bool isSameHash(const QByteArray &a, const QByteArray &b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.constData(), b.constData(), std::size_t(a.size())) == 0;
}

} // namespace dialogue::apikeys
