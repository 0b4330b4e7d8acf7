#include "core/protocol/websocket/utf8.h"

#include <cstring>

namespace dialogue {

namespace {

/** How many bytes at the front of \a at are ASCII, eight at a time. */
const uchar *afterAscii(const uchar *at, const uchar *end)
{
    constexpr quint64 highBits = 0x8080808080808080;
    while (end - at >= 8) {
        quint64 eight = 0;
        std::memcpy(&eight, at, sizeof eight);
        if ((eight & highBits) != 0)
            break;
        at += 8;
    }
    while (at < end && *at < 0x80)
        ++at;
    return at;
}

/** Bytes of the well-formed sequence at the front of \a at, which is not ASCII; 0: none (Unicode, table 3-7).
 */
int sequenceLength(const uchar *at, const uchar *end)
{
    const uchar first = *at;
    const int length = first >= 0xc2 && first <= 0xdf ? 2
        : first >= 0xe0 && first <= 0xef              ? 3
        : first >= 0xf0 && first <= 0xf4              ? 4
                                                      : 0;
    if (length == 0 || end - at < length)
        return 0;
    uchar least = 0x80;
    uchar most = 0xbf;
    switch (first) {
    case 0xe0:
        least = 0xa0; // overlong below
        break;
    case 0xed:
        most = 0x9f; // surrogates above
        break;
    case 0xf0:
        least = 0x90; // overlong below
        break;
    case 0xf4:
        most = 0x8f; // beyond U+10FFFF above
        break;
    default:
        break;
    }
    if (at[1] < least || at[1] > most)
        return 0;
    for (int i = 2; i < length; ++i) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    }
    return length;
}

} // namespace

bool isValidUtf8(QByteArrayView bytes)
{
    const auto *at = reinterpret_cast<const uchar *>(bytes.data());
    const auto *const end = at + bytes.size();
    while ((at = afterAscii(at, end)) < end) {
        const int length = sequenceLength(at, end);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

} // namespace dialogue
