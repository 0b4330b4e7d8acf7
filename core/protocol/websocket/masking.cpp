#include "core/protocol/websocket/masking.h"

#include <array>
#include <cstring>

namespace dialogue {

void mask(QByteArrayView bytes, const uchar *maskingKey, quint32 at, char *out)
{
    std::array<uchar, 8> key{};
    for (quint32 i = 0; i < key.size(); ++i)
        key[i] = maskingKey[(at + i) & 3];
    quint64 wideKey = 0;
    std::memcpy(&wideKey, key.data(), sizeof wideKey);
    qsizetype done = 0;
    for (; bytes.size() - done >= 8; done += 8) {
        quint64 eight = 0;
        std::memcpy(&eight, bytes.data() + done, sizeof eight);
        eight ^= wideKey;
        std::memcpy(out + done, &eight, sizeof eight);
    }
    for (qsizetype i = 0; done + i < bytes.size(); ++i)
        out[done + i] = static_cast<char>(bytes[done + i] ^ key[static_cast<std::size_t>(i)]);
}

} // namespace dialogue
