#include "core/protocol/dialogue/exactdata.h"

#include "core/json/cursor.h"
#include "core/json/exact.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/keys_p.h"

namespace dialogue::protocol {

JsonData textOf(const Trigger &trigger)
{
    json::ObjectWriter out;
    out.string(keys::roomId, trigger.roomId);
    out.string(keys::event, trigger.event);
    out.value(keys::data, trigger.data);
    if (!trigger.meta.toObject().isEmpty())
        out.value(keys::meta, trigger.meta);
    if (!trigger.id.isEmpty())
        out.string(keys::id, trigger.id);
    if (!trigger.echo)
        out.boolean(keys::echo, false);
    return JsonData::fromText(out.take());
}

void takeDataAsWritten(QList<EventMessage> &messages, QByteArrayView envelopes)
{
    const auto take = [](EventMessage &message, QByteArrayView envelope) {
        const QByteArrayView data = json::memberText(envelope, keys::data);
        if (!data.isEmpty() && json::hasLongNumbers(data))
            message.data = JsonData::fromText(json::compact(data));
    };
    json::Cursor in(envelopes, json::MaxWrappedDepth);
    if (in.type() == QJsonValue::Object && messages.size() == 1)
        return take(messages.first(), envelopes);
    auto message = messages.begin();
    for (bool more = in.enterArray(); more && message != messages.end(); more = in.nextItem(), ++message)
        take(*message, in.skip());
}

} // namespace dialogue::protocol
