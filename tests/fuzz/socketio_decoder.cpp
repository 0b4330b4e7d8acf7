#include "core/protocol/socketio/event.h"
#include "core/protocol/socketio/packet.h"
#include "tests/fuzz/require.h"

using namespace dialogue;
using namespace dialogue::socketio;

namespace {

/** What encode() makes of \a packet, read again. */
void checkRoundTrip(const Packet &packet)
{
    Decoder decoder;
    auto again = decoder.text(encode(packet));
    for (const QByteArray &attachment : packet.attachments) {
        fuzz::require(again && !again->has_value());
        again = decoder.binary(attachment);
    }
    fuzz::require(again && again->has_value());
    fuzz::require((*again)->type == packet.type);
    fuzz::require((*again)->nsp == packet.nsp);
    fuzz::require((*again)->id == packet.id);
    fuzz::require((*again)->data == packet.data);
    fuzz::require((*again)->attachments == packet.attachments);
}

/** Taking an event apart loses nothing. */
void checkParts(const Packet &packet)
{
    const EventParts parts = takeApart(packet.data);
    QJsonArray whole = packet.data.toArray();
    const QJsonValue name = whole.takeAt(0);
    fuzz::require(name.isDouble() ? !parts.name.isEmpty() : parts.name == name.toString());
    fuzz::require(parts.args == whole);
}

} // namespace

/** The input is one connection's messages with 0x1e between them; those that begin with B are binary. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QByteArrayView rest = fuzz::view(data, size);
    Decoder decoder;
    while (true) {
        const qsizetype end = rest.indexOf('\x1e');
        const QByteArrayView message = end < 0 ? rest : rest.first(end);
        const auto packet = message.startsWith('B') ? decoder.binary(message.sliced(1).toByteArray())
                                                    : decoder.text(message.toByteArray());
        if (!packet)
            return 0; // A violation: the connection is closed.
        if (packet->has_value())
            checkRoundTrip(**packet);
        if (packet->has_value() && (*packet)->isEvent())
            checkParts(**packet);
        if (end < 0)
            return 0;
        rest = rest.sliced(end + 1);
    }
}
