#include "core/json/parsed.h"
#include "core/protocol/dialogue/presence.h"
#include "core/protocol/dialogue/requests.h"
#include "tests/fuzz/require.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace dialogue;
using namespace dialogue::protocol;

namespace {

template <class T>
void checkRoundTrip(const QJsonValue &json)
{
    const auto request = T::fromJson(json);
    if (!request) {
        fuzz::require(!request.error().message.isEmpty());
        return;
    }
    const auto again = T::fromJson(request->toJson());
    fuzz::require(again && *again == *request);
}

/** What is read from text is what is read from the value. */
template <class T>
void checkFromText(QByteArrayView json)
{
    json::Cursor cursor(json);
    const auto plain = T::read(cursor);
    if (!plain)
        return;
    const auto request = T::fromJson(JsonData::fromText(json.toByteArray()));
    fuzz::require(request && *request == *plain);
}

} // namespace

/** The input is the JSON of a request's payload, which is read as each of them. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QJsonArray wrapped = json::parsed('[' + fuzz::view(data, size).toByteArray() + ']').array();
    const QJsonValue json = wrapped.at(0);
    checkRoundTrip<Join>(json);
    checkRoundTrip<Leave>(json);
    checkRoundTrip<Subscribe>(json);
    checkRoundTrip<Unsubscribe>(json);
    checkRoundTrip<SubscribeAll>(json);
    checkRoundTrip<Trigger>(json);
    checkRoundTrip<GetHistory>(json);
    checkRoundTrip<ListRooms>(json);
    checkRoundTrip<GetParticipants>(json);
    checkRoundTrip<CreateRoom>(json);
    checkRoundTrip<DeleteRoom>(json);
    checkRoundTrip<Refresh>(json);
    if (json::check(fuzz::view(data, size))) {
        checkFromText<Join>(fuzz::view(data, size));
        checkFromText<Subscribe>(fuzz::view(data, size));
        checkFromText<Trigger>(fuzz::view(data, size));
    }
    return 0;
}
