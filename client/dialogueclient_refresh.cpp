#include "client/dialogueclient_p.h"
#include "core/protocol/dialogue/names.h"
#include "core/protocol/dialogue/requests.h"

#include <QPointer>
#include <QRandomGenerator>

// A connection outlives the token that it was made with.
namespace dialogue {

using namespace client;

void DialogueClientPrivate::holdsFor(std::optional<std::chrono::milliseconds> expiresIn)
{
    // One that always says the same has nothing else to say.
    m_refresh.start(config.auth.isFresh() ? expiresIn : std::nullopt,
                    QRandomGenerator::global()->generateDouble());
}

void DialogueClientPrivate::refresh()
{
    const QPointer<DialogueClient> alive(q);
    const QJsonObject auth = config.auth(); // user code
    if (!alive || !isReady())
        return;
    const QString token = auth.value(QLatin1String("token")).toString();
    if (token.isEmpty())
        return;
    ask({.event = protocol::names::refresh,
         .payload = protocol::Refresh{token}.toJson(),
         .done = [this](const Result<Reply> &reply) {
             const auto refreshed = reply ? protocol::Refreshed::fromJson(reply->payload.value())
                                          : Result<protocol::Refreshed>(reply.error());
             if (refreshed)
                 return holdsFor(refreshed->expiresIn);
             if (!isReady())
                 return; // The next connection begins with a fresh one.
             m_refresh.tryAgain(refreshed.error().retryAfter);
             tell(refreshed.error());
         }});
}

} // namespace dialogue
