#pragma once

#include "core/base/answer.h"
#include "core/event/payload.h"
#include "core/json/jsondata.h"
#include "server/rooms/connectedclient.h"

#include <QByteArray>
#include <QList>
#include <QPointer>

#include <functional>
#include <stop_token>

namespace dialogue {

/** What a client asks of the application (Dialogue::onRequest), as values that may be kept and handed on. */
struct ClientRequest
{
    QString name;
    JsonData data; ///< Its first argument; null without one.
    QJsonArray args; ///< All arguments, as a Socket.IO client may send several.
    QList<QByteArray> attachments; ///< The args hold a placeholder for each: {"_placeholder":true,"num":0}.
    QString userId;
    QString clientId;
    bool isVerified = false;
    QJsonObject meta; ///< ConnectedClient::meta() when it asked.
    QJsonObject claims; ///< What was verified of it.
    QPointer<ConnectedClient> client; ///< For the hub's thread alone; null once it is gone.
    std::stop_token stop; ///< Nobody wants the answer any more.
};

/** At once, or later by a future that any thread may finish. */
using RequestHandler = std::function<Answer<QJsonValue>(ClientRequest)>;

/** What answers a TypedRequest, as what answers any: the data that were \a Asked are read as an Ask. */
template <EventPayload Ask, EventPayload Reply, class Asked>
[[nodiscard]] auto typedHandler(std::function<Answer<Reply>(Ask, Asked)> handler)
{
    return [handler = std::move(handler)](Asked asked) -> Answer<QJsonValue> {
        const Result<Ask> ask = fromJson<Ask>(asked.data);
        if (!ask)
            return ask.error();
        return handler(*ask, std::move(asked)).transform([](const Reply &reply) {
            return QJsonValue(toJson(reply));
        });
    };
}

} // namespace dialogue
