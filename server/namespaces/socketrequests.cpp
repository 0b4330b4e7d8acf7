#include "server/namespaces/socketrequests.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/names.h"
#include "server/answers/draining.h"
#include "server/rooms/refusals.h"
#include "server/rooms/spending.h"
#include "server/socketio/packetframes.h"

#include <utility>

namespace dialogue {

SocketRequests::SocketRequests(const RoomServices &services, const QByteArray &nsp, Find find)
    : m_services(services)
    , m_nsp(nsp)
    , m_find(std::move(find))
    , m_handlers(services)
{ }

FramePtr SocketRequests::errorFrame(const Error &error) const
{
    const JsonData payload = JsonData::fromText(protocol::ErrorPayload::of(error).write().take());
    return eventFrame(m_nsp, protocol::names::error, {payload.value()});
}

Result<std::shared_ptr<const RequestHandlers::Entry>> SocketRequests::mayAsk(SocketClient &asker,
                                                                             const IncomingEvent &event) const
{
    if (m_services.draining.hasBegun())
        return serverDraining();
    auto entry = m_handlers.find(event.name);
    if (!entry) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("There is no request '%1' in this namespace").arg(event.name.left(64))};
    }
    if (auto allowed = spend(m_services.budgets, asker, BudgetKind::Custom); !allowed)
        return allowed.error();
    if (!event.fault.isEmpty())
        return Error{ErrorCode::InvalidRequest, event.fault};
    return entry;
}

void SocketRequests::handle(NamespaceSocket &asker, IncomingEvent &&event)
{
    SocketClient &client = NamespaceSocketPrivate::of(asker);
    const Asked asked{client.socket, event.name, event.ackId};
    const auto entry = mayAsk(client, event);
    if (!entry)
        return fail(asked, entry.error());
    m_handlers.ask(**entry, client, &asker, std::move(event), [this, asked](Result<QJsonValue> &&result) {
        if (!result)
            fail(asked, result.error());
        else if (asked.ackId)
            m_services.sockets.send(asked.socket, ackFrame(m_nsp, *asked.ackId, {*result}));
    });
}

void SocketRequests::fail(const Asked &asked, Error error)
{
    // User code ran, and it may be gone; the socket's number outlives it, and sending to a gone one does
    // nothing.
    std::optional<std::chrono::milliseconds> refusedFor;
    if (const NamespaceSocket *const still = m_find(asked.socket)) {
        SocketClient &client = NamespaceSocketPrivate::of(*still);
        error = spendFailure(m_services.budgets, client, std::move(error));
        logRefusal(client, asked.name, error);
        if (client.refusedBy.count() != 0)
            refusedFor = error.retryAfter;
    }
    m_services.sockets.send(asked.socket, errorFrame(error));
    if (asked.ackId) {
        const JsonData ack = JsonData::fromText(protocol::errorAck(error));
        m_services.sockets.send(asked.socket, ackFrame(m_nsp, *asked.ackId, {ack.value()}));
    }
    if (!refusedFor || !insists(m_services, NamespaceSocketPrivate::of(*m_find(asked.socket)), *refusedFor))
        return;
    m_services.sockets.send(asked.socket, errorFrame(wentOn()));
    m_services.sockets.disconnect(asked.socket, true, DisconnectReason::RateLimited);
}

void SocketRequests::logRefusal(const SocketClient &asker, const QString &request, const Error &error)
{
    const auto text = [&] {
        return QStringLiteral("%1 of user %2 in %3: %4")
            .arg(quoted(QStringView(request).left(64)), quoted(asker.identity.userId),
                 QString::fromUtf8(m_nsp), printable(error.text()));
    };
    const QByteArray code = codeName(error.code);
    qCDebug(lcSocket).noquote() << "Refused with" << code << text();
    if (const int times = m_refusals.count(error.code))
        qCInfo(lcSocket).noquote() << "Requests refused with" << code << times << "times, such as" << text();
}

} // namespace dialogue
