#include "core/protocol/websocket/utf8.h"
#include "core/protocol/websocket/websocketreader.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <tuple>
#include <vector>

using namespace dialogue;

namespace {

constexpr qint64 Limit = 5000;

struct Heard
{
    std::vector<std::tuple<WebSocketReader::Kind, QByteArray, int>> messages;
    bool isCompressed = false; ///< Some of them.
    int error = 0;

    friend bool operator==(const Heard &, const Heard &) = default;
};

Heard heard(QByteArrayView bytes, qsizetype piece, bool takesCompressed = false)
{
    WebSocketReader reader(Limit);
    if (takesCompressed)
        reader.takeCompressed();
    Heard all;
    while (!bytes.isEmpty() && reader.error() == 0) {
        QByteArrayView arrived = bytes.first(std::min(piece, bytes.size()));
        bytes = bytes.sliced(arrived.size());
        while (auto message = reader.take(arrived)) {
            all.messages.emplace_back(message->kind, message->data, message->code);
            all.isCompressed = all.isCompressed || message->isCompressed;
        }
    }
    all.error = reader.error();
    return all;
}

} // namespace

/** The input is what a client sends over an open WebSocket: read the same however it is cut. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes = fuzz::view(data, size);
    const Heard whole = heard(bytes, std::max<qsizetype>(1, bytes.size()));
    for (const auto &[kind, payload, code] : whole.messages) {
        fuzz::require(payload.size() <= Limit);
        if (kind == WebSocketReader::Kind::Text || kind == WebSocketReader::Kind::Close)
            fuzz::require(isValidUtf8(payload));
        fuzz::require((kind == WebSocketReader::Kind::Close) == (code != 0));
    }
    fuzz::require(heard(bytes, 1) == whole);
    fuzz::require(heard(bytes, 7) == whole);
    fuzz::require(!whole.isCompressed);
    const Heard compressed = heard(bytes, std::max<qsizetype>(1, bytes.size()), true);
    fuzz::require(heard(bytes, 3, true) == compressed);
    fuzz::require(whole.error != 0 || compressed == whole);
    return 0;
}
