#include "core/json/cursor.h"
#include "core/json/parsed.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/presence.h"
#include "core/protocol/dialogue/replies.h"
#include "tests/fuzz/require.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace dialogue;
using namespace dialogue::protocol;

namespace {

template <class T>
QJsonValue written(const T &reply)
{
    QByteArray text;
    if constexpr (requires { reply.toText(); })
        text = reply.toText();
    else
        text = reply.write().take();
    fuzz::require(json::check(text).has_value());
    return JsonData::fromText(text);
}

json::ObjectWriter membersOf(const QJsonObject &object)
{
    json::ObjectWriter out;
    out.members(object);
    return out;
}

template <class T>
void checkRoundTrip(const QJsonValue &json)
{
    const auto reply = T::fromJson(json);
    if (!reply)
        return;
    const auto again = T::fromJson(written(*reply));
    fuzz::require(again && *again == *reply);
}

void checkEventMessage(const QJsonValue &json)
{
    const auto message = eventMessageFromJson(json);
    if (!message)
        return;
    const QByteArray text = encodeEventMessage(*message);
    fuzz::require(json::check(text).has_value());
    const auto again = eventMessageFromJson(JsonData::fromText(text));
    fuzz::require(again && encodeEventMessage(*again) == text);
}

} // namespace

/** The input is the JSON of a server's payload or an ack, which is read as each of them. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    // As a connection does: QJsonDocument takes more, and does not find all of it again in what it has
    // written.
    if (!json::check(fuzz::view(data, size)))
        return 0;
    const QJsonArray wrapped = json::parsed('[' + fuzz::view(data, size).toByteArray() + ']').array();
    const QJsonValue json = wrapped.at(0);
    if (const auto page = ParticipantsPage::fromJson(json); !page)
        fuzz::require(!page.error().message.isEmpty());
    if (const auto notice = PresenceNotice::fromJson(json); !notice)
        fuzz::require(!notice.error().message.isEmpty());
    checkRoundTrip<Connected>(json);
    checkRoundTrip<Refreshed>(json);
    checkRoundTrip<Joined>(json);
    checkRoundTrip<Left>(json);
    checkRoundTrip<RoomInfo>(json);
    checkRoundTrip<Rooms>(json);
    checkRoundTrip<RoomsPage>(json);
    checkRoundTrip<RoomDeleted>(json);
    checkRoundTrip<Gap>(json);
    checkRoundTrip<History>(json);
    checkRoundTrip<HistoryResponse>(json);
    checkRoundTrip<ErrorPayload>(json);
    checkEventMessage(json);
    if (const auto reply = readAck(json))
        fuzz::require(*readAck(JsonData::fromText(okAck(membersOf(*reply)))) == *reply);
    return 0;
}
