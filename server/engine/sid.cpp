#include "server/engine/sid.h"

#include "core/base/randombytes.h"

namespace dialogue::engineio {

namespace {

constexpr int RandomBytes = 13;
constexpr qsizetype RawBytes = 15; // 20 characters of base64, no padding.

} // namespace

QByteArray makeSid(int worker)
{
    QByteArray raw = randomBytes<RandomBytes>();
    raw += static_cast<char>((worker >> 8) & 0xff);
    raw += static_cast<char>(worker & 0xff);
    return raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<int> workerOf(QByteArrayView sid)
{
    if (sid.size() != SidLength)
        return std::nullopt;
    const auto raw = QByteArray::fromBase64Encoding(QByteArray::fromRawData(sid.data(), sid.size()),
                                                    QByteArray::Base64UrlEncoding
                                                        | QByteArray::AbortOnBase64DecodingErrors);
    if (!raw || raw.decoded.size() != RawBytes)
        return std::nullopt;
    return (static_cast<uchar>(raw.decoded.at(RandomBytes)) << 8)
        | static_cast<uchar>(raw.decoded.at(RandomBytes + 1));
}

} // namespace dialogue::engineio
