#include "server/rooms/arrivals.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/auth/userid.h"
#include "server/rooms/moderation.h"
#include "server/rooms/spending.h"

#include <utility>

namespace dialogue {

namespace {

Error noMoreClients()
{
    return {ErrorCode::ServerDraining,
            QStringLiteral("The server is shutting down; connect again in a moment")};
}

/** What CONNECT_ERROR says besides the message. */
QJsonObject dataOf(const Error &error)
{
    QJsonObject data{{QStringLiteral("code"), QString::fromLatin1(codeName(error.code))}};
    if (error.retryAfter)
        data.insert(QStringLiteral("retryAfter"), qint64(error.retryAfter->count()));
    return data;
}

} // namespace

Arrivals::Arrivals(const RoomServices &services, const Hooks &hooks, Admitted admitted)
    : m_services(services)
    , m_hooks(hooks)
    , m_admitted(std::move(admitted))
{ }

Result<void> Arrivals::mayConnect(const ConnectRequest &request) const
{
    // By address in any case: who the user is would have to be found out first.
    Budgets &budgets = m_services.budgets;
    const auto holder = budgets.hold(BudgetKey::ofAddress(request.handshake.address));
    if (const auto wait = budgets.take(holder, BudgetKind::Connect))
        return rateLimited(BudgetKind::Connect, budgets.limit(BudgetKind::Connect), *wait);
    return m_closed ? noMoreClients() : Result<void>();
}

void Arrivals::ask(SocketId socket, ConnectRequest &&request)
{
    if (const auto allowed = mayConnect(request); !allowed)
        return refuse(socket, request.handshake.address, allowed.error());
    if (m_hooks.authenticateLater)
        return askLater(socket, std::move(request));
    const LimitsConfig &limits = m_services.config.limits;
    Result<Identity> identity = m_hooks.authenticate
        ? m_hooks.authenticate(request)
        : claimedIdentity(request.auth, {}, {limits.userIdLength, limits.metaSize});
    answered(socket, std::move(request), std::move(identity));
}

void Arrivals::askLater(SocketId socket, ConnectRequest &&request)
{
    if (const auto allowed = m_services.answers.mayAsk(); !allowed)
        return refuse(socket, request.handshake.address, allowed.error());
    std::stop_source stop;
    const Answer<Identity> answer = m_hooks.authenticateLater(request, stop.get_token());
    if (answer.isReady())
        return answered(socket, std::move(request), m_services.answers.resultOf(answer));
    // What the client says meanwhile waits; for longer than the answer may take, which ends it.
    m_services.sockets.hold(2 * m_services.config.hooks.timeout);
    m_waiting[socket] = m_services.answers.wait<Identity>(
        answer, std::move(stop),
        [this, socket, request = std::move(request)](Result<Identity> &&identity) mutable {
            const CallDepth::Scope scope(m_services.calls);
            const auto ended = m_waiting.extract(socket); // It outlives what holds this.
            m_services.sockets.release(socket);
            answered(socket, std::move(request), std::move(identity));
        });
}

void Arrivals::answered(SocketId socket, ConnectRequest &&request, Result<Identity> &&identity)
{
    const QHostAddress address = request.handshake.address;
    if (const auto admitted = admit(socket, std::move(request), std::move(identity)); !admitted)
        refuse(socket, address, admitted.error());
}

Result<void> Arrivals::admit(SocketId socket, ConnectRequest &&request, Result<Identity> &&identity)
{
    if (!identity)
        return identity.error();
    if (m_closed)
        return noMoreClients();
    const QByteArray sid = m_services.ids.next();
    if (identity->userId.isEmpty()) {
        if (m_hooks.authenticate || m_hooks.authenticateLater)
            return Error{ErrorCode::Unauthorized, QStringLiteral("The authenticator named no user")};
        identity->userId = QString::fromLatin1(sid);
    } else if (const auto good = checkUserId(identity->userId); !good) {
        return good;
    } else if (m_services.ids.isOurs(identity->userId)) {
        return Error{ErrorCode::Unauthorized,
                     QStringLiteral("This server has made the user id '%1' for somebody without a name; use "
                                    "another, or none")
                         .arg(identity->userId),
                     QStringLiteral("auth")};
    }
    if (const Sanction *const ban = m_services.sanctions.find(SanctionKind::Ban, identity->userId, {})) {
        ++m_services.rules.banned;
        return sanctioned(*ban, m_services.sanctions);
    }
    return m_admitted(socket, sid, *std::move(identity), std::move(request));
}

void Arrivals::refuse(SocketId socket, const QHostAddress &address, const Error &error)
{
    const QByteArray code = codeName(error.code);
    qCDebug(lcAuth).noquote() << "Refused" << address.toString() << "with" << code << "-"
                              << printable(error.text());
    // How often, a stranger decides.
    if (const int times = m_refusals.count(error.code)) {
        qCInfo(lcAuth).noquote() << "Refused with" << code << times << "times, such as" << address.toString()
                                 << "-" << printable(error.text());
    }
    m_services.refusals.count(error.code);
    m_services.clientTap.tell(&ClientObserver::refused,
                              Refusal{.error = error, .request = u"connect", .address = address});
    m_services.sockets.refuse(socket, error.message, dataOf(error));
}

void Arrivals::close()
{
    m_closed = true;
    const Error draining = noMoreClients();
    for (const auto &[socket, waiting] : std::exchange(m_waiting, {})) {
        m_services.sockets.release(socket);
        m_services.sockets.refuse(socket, draining.message, dataOf(draining));
    }
}

} // namespace dialogue
