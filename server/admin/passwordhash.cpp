#include "server/admin/passwordhash.h"

#include "core/base/randombytes.h"

#include <QRegularExpression>

#include <openssl/crypto.h>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

constexpr auto Encoding = QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals;
constexpr int SaltSize = 16;
constexpr qsizetype HashSize = 32;
constexpr qint64 LargestMemory = 256LL * 1024 * 1024;
constexpr int LargestCost = 22; // 2^22 blocks in all.

Error noHash(const QString &why)
{
    return {ErrorCode::ConfigError, u"must be a hash such as `dialogue-server admin hash` prints; "_s + why};
}

std::optional<QByteArray> bytesOf(const QString &base64)
{
    const auto decoded = QByteArray::fromBase64Encoding(base64.toLatin1(),
                                                        Encoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded) : std::nullopt;
}

} // namespace

QByteArray PasswordHash::derive(QByteArrayView password, const QByteArray &salt, const Cost &cost,
                                qsizetype size)
{
    QByteArray hash(size, Qt::Uninitialized);
    const int done = EVP_PBE_scrypt(
        password.data(), std::size_t(password.size()), reinterpret_cast<const unsigned char *>(salt.data()),
        std::size_t(salt.size()), quint64(1) << cost.ln, quint64(cost.r), quint64(cost.p),
        quint64(2 * LargestMemory), reinterpret_cast<unsigned char *>(hash.data()), std::size_t(size));
    return done == 1 ? hash : QByteArray();
}

PasswordHash PasswordHash::of(QByteArrayView password)
{
    PasswordHash made;
    made.m_salt = randomBytes<SaltSize>();
    made.m_hash = derive(password, made.m_salt, made.m_cost, HashSize);
    return made;
}

Result<PasswordHash> PasswordHash::parse(QByteArrayView text)
{
    static const QRegularExpression shape(
        u"^\\$scrypt\\$ln=([0-9]{1,2}),r=([0-9]{1,3}),p=([0-9]{1,3})\\$([A-Za-z0-9+/]{1,128})\\$([A-Za-z0-9+/]{1,128})$"_s);
    const QRegularExpressionMatch match = shape.match(QString::fromUtf8(text));
    if (!match.hasMatch())
        return noHash(u"this one is not shaped so"_s);
    PasswordHash hash;
    hash.m_cost
        = {.ln = match.captured(1).toInt(), .r = match.captured(2).toInt(), .p = match.captured(3).toInt()};
    const Cost &cost = hash.m_cost;
    if (cost.ln < 1 || cost.ln > LargestCost || cost.r < 1 || cost.p < 1
        || (128LL * cost.r << cost.ln) > LargestMemory || cost.p > 16)
        return noHash(u"this one takes more than 256 MiB, or none at all"_s);
    const auto salt = bytesOf(match.captured(4));
    const auto bytes = bytesOf(match.captured(5));
    if (!salt || !bytes || bytes->size() < 16)
        return noHash(u"salt or hash of this one are no base64, or too short"_s);
    hash.m_salt = *salt;
    hash.m_hash = *bytes;
    return hash;
}

bool PasswordHash::matches(QByteArrayView password) const
{
    const QByteArray other = derive(password, m_salt, m_cost, m_hash.size());
    return other.size() == m_hash.size()
        && CRYPTO_memcmp(other.constData(), m_hash.constData(), std::size_t(other.size())) == 0;
}

QByteArray PasswordHash::text() const
{
    return "$scrypt$ln=" + QByteArray::number(m_cost.ln) + ",r=" + QByteArray::number(m_cost.r) + ",p="
        + QByteArray::number(m_cost.p) + '$' + m_salt.toBase64(Encoding) + '$' + m_hash.toBase64(Encoding);
}

} // namespace dialogue::admin
