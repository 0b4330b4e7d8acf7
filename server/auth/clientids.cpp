#include "server/auth/clientids.h"

#include "core/base/randombytes.h"

#include <QCryptographicHash>

namespace dialogue {

namespace {

constexpr int RandomBytes = 9;
constexpr int MarkBytes = 6;
constexpr int Characters = 20;
constexpr auto IdEncoding = QByteArray::Base64UrlEncoding;

} // namespace

ClientIds::ClientIds()
    : m_secret(randomBytes<32>())
{ }

QByteArray ClientIds::next() const
{
    QByteArray id;
    do
        id = marked(randomBytes<RandomBytes>());
    while (id.startsWith('-')); // A command line would take it for an option.
    return id;
}

bool ClientIds::isOurs(QStringView id) const
{
    if (id.size() != Characters)
        return false;
    const QByteArray text = id.toLatin1();
    const auto bytes
        = QByteArray::fromBase64Encoding(text, IdEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return bytes && bytes.decoded.size() == RandomBytes + MarkBytes
        && marked(bytes.decoded.first(RandomBytes)) == text;
}

QByteArray ClientIds::marked(const QByteArray &random) const
{
    // BLAKE2s is made to be keyed so, with what is all of one length. An HMAC would take a sixth of what a
    // connect costs.
    const QByteArray mark
        = QCryptographicHash::hash(m_secret + random, QCryptographicHash::Blake2s_256).first(MarkBytes);
    return (random + mark).toBase64(IdEncoding);
}

} // namespace dialogue
