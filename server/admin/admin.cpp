#include "server/admin/admin.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/base/randombytes.h"
#include "core/base/shrink.h"
#include "core/json/objectwriter.h"
#include "core/protocol/admin/names.h"
#include "core/protocol/dialogue/errors.h"
#include "server/admin/requestmembers.h"
#include "server/rooms/hubparts.h"
#include "server/socketio/packetframes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

namespace names = protocol::admin::names;

constexpr std::size_t MostAccounts = 1000; ///< Of which rates are remembered.

/** `{..., "ok": true}` of an object. */
QByteArray okText(const QByteArray &object)
{
    if (object.size() <= 2)
        return R"({"ok":true})";
    return object.chopped(1) + R"(,"ok":true})";
}

} // namespace

Admin::Admin(Parts parts)
    : m_parts(std::move(parts))
    , m_salt(randomBytes<32>())
    , m_calls([this](std::function<void()> &&call) {
        const CallDepth::Scope scope(m_parts.hub.calls);
        call();
    })
    , m_requests(Requests, MostAccounts)
    , m_credits(Credits, MostAccounts)
    , m_thread(m_calls)
    , m_hook(m_parts.hub)
    , m_door(m_parts.config.admin, m_calls, m_hook)
    , m_actions(m_parts.hub, m_thread, m_salt, m_parts.drain)
    , m_timelines(m_parts.config.admin, m_parts.hub.clientTap)
    , m_lists(m_parts.hub, m_parts.gateway, m_salt)
    , m_why(m_parts.hub, m_parts.gateway, m_timelines, m_salt)
    , m_traces(m_parts.gateway)
    , m_watches({.config = m_parts.config.admin,
                 .thread = m_watchThread,
                 .actions = m_actions,
                 .tap = m_parts.hub.tap,
                 .load = m_load,
                 .find = [this](SocketId socket) { return find(socket); }})
    , m_live(m_parts.hub, m_parts.gateway, m_salt,
             [this](SocketId socket, FramePtr &&frame) { m_parts.gateway.send(socket, frame); })
    , m_refusalCollector([this](RefusalBatch &&batch) {
        m_thread.post([batch = std::move(batch)](AdminThread::Parts &parts) mutable {
            parts.refusals.add(batch.entries);
            parts.watches.refused(batch);
        });
    })
    , m_sampler(m_thread, m_parts.sources, [this](const QByteArray &json) { statsTaken(json); })
    , m_commands(commands())
{
    QObject::connect(&m_parts.hub.rooms, &RoomManager::roomUpdated, &m_context,
                     [this] { m_watches.redactions().forget(); });
    QObject::connect(&m_parts.hub.rooms, &RoomManager::roomDeleted, &m_context,
                     [this] { m_watches.redactions().forget(); });
}

Admin::~Admin() { m_parts.hub.clientTap.remove(m_refusalCollector); }

Result<void> Admin::start()
{
    if (auto started = m_door.start(); !started)
        return started;
    const auto send = [this](SocketId socket, FramePtr &&frame) {
        m_calls.post([this, socket, frame = std::move(frame)] { m_parts.gateway.send(socket, frame); });
    };
    m_watchThread.start(m_load, m_salt, send);
    if (auto started = m_thread.start(m_parts.config.admin.audit, m_salt, send); !started)
        return started;
    m_parts.hub.clientTap.remove(m_refusalCollector);
    m_parts.hub.clientTap.add(m_refusalCollector);
    m_sampler.start();
    m_timelines.start();
    return {};
}

void Admin::stop()
{
    m_isStopped = true;
    m_sampler.stop();
}

Console *Admin::find(SocketId socket)
{
    const auto found = m_consoles.find(socket);
    return found == m_consoles.end() ? nullptr : found->second.get();
}

void Admin::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    if (m_isStopped)
        return refuse(socket, {ErrorCode::ServerDraining, u"The server is shutting down"_s});
    // Strangers take nobody's place while their passwords are looked at.
    if (m_waiting.size() >= MostWaiting) {
        return refuse(socket,
                      {ErrorCode::Unavailable, u"Too many want to come in"_s, {}, std::chrono::seconds(1)});
    }
    m_waiting.insert(socket);
    m_door.ask(socket, request, [this, socket](Result<Account> &&account) {
        // It may have gone meanwhile.
        if (m_waiting.erase(socket) > 0)
            admit(socket, std::move(account));
    });
}

void Admin::admit(SocketId socket, Result<Account> &&account)
{
    if (!account)
        return refuse(socket, account.error());
    if (m_isStopped || !m_door.stillHolds(*account))
        return refuse(socket, {ErrorCode::Unauthorized, u"The account is not there any more"_s});
    const int most = m_parts.config.admin.maxConsoles;
    if (int(m_consoles.size()) >= most) {
        return refuse(socket,
                      {ErrorCode::LimitReached,
                       u"There are %1 consoles, as many as there may be (admin.maxConsoles)"_s.arg(most)});
    }
    m_parts.gateway.accept(socket, m_parts.hub.rooms.services().ids.next());
    const auto console = m_consoles.emplace(socket, std::make_unique<Console>()).first;
    *console->second = {.socket = socket, .account = *std::move(account)};
    qCInfo(lcAuth).noquote() << "Account" << quoted(console->second->account.name) << "is in /admin, from"
                             << console->second->account.address.toString();
    hello(*console->second);
}

void Admin::refuse(SocketId socket, const Error &error)
{
    ++m_refused;
    // How often, a stranger decides.
    qCDebug(lcAuth).noquote() << "Refused in /admin:" << printable(error.text());
    if (const int times = m_refusals.count(error.code))
        qCInfo(lcAuth).noquote() << "Refused in /admin" << times
                                 << "times, such as:" << printable(error.text());
    QJsonObject data{{u"code"_s, QString::fromLatin1(codeName(error.code))}};
    if (error.retryAfter)
        data.insert(u"retryAfter"_s, qint64(error.retryAfter->count()));
    m_parts.gateway.refuse(socket, error.message, data);
}

void Admin::hello(const Console &console)
{
    const Account &account = console.account;
    QStringList series;
    for (const Series &each : statsSeries())
        series.append(each.name);
    const QJsonObject hello{
        {u"protocol"_s, protocol::admin::Version},
        {u"version"_s, QStringLiteral(DIALOGUE_VERSION)},
        {u"node"_s, QSysInfo::machineHostName()},
        {u"run"_s, QString::number(m_parts.hub.rooms.services().broker.run())},
        {u"account"_s,
         QJsonObject{{u"name"_s, account.name},
                     {u"role"_s, nameOf(account.role)},
                     {u"rooms"_s, QJsonArray::fromStringList(account.rooms)},
                     {u"permissions"_s, QJsonArray::fromStringList(permissionsOf(account.role))}}},
        {u"actions"_s, QJsonArray::fromStringList(m_actions.namesFor(account))},
        {u"series"_s, QJsonArray::fromStringList(series)},
        {u"mostWatches"_s, m_parts.config.admin.maxWatches},
        {u"mostTargets"_s, m_parts.config.admin.maxTargets},
        {u"batchesUnderWay"_s, EventWatch::MostUnderWay},
        {u"limits"_s, QJsonObject{{u"sendQueue"_s, m_parts.config.limits.sendQueue}}}};
    m_parts.gateway.send(
        console.socket,
        encodedEventFrameIn(names::nsp, names::hello, QJsonDocument(hello).toJson(QJsonDocument::Compact)));
}

void Admin::socketEvent(SocketId socket, IncomingEvent &&event)
{
    const CallDepth::Scope scope(m_parts.hub.calls);
    Console *const console = find(socket);
    if (!console)
        return;
    const auto told = [this, socket, ackId = event.ackId](Result<Reply> &&outcome) {
        answer(socket, ackId, std::move(outcome));
    };
    const auto command = std::find_if(m_commands.begin(), m_commands.end(),
                                      [&](const Command &each) { return each.name == event.name; });
    // Credit is what a console gives back of what it was sent, and comes more often.
    RateWindows &rates = event.name == names::credit ? m_credits : m_requests;
    if (const auto wait = rates.take(console->account.name, m_parts.hub.budgets.now()))
        return told(Error{ErrorCode::RateLimited, u"The account asks too often"_s, {}, *wait});
    if (command == m_commands.end()) {
        return told(Error{ErrorCode::InvalidRequest,
                          u"There is no request '%1' in /admin"_s.arg(printable(event.name.left(64)))});
    }
    if (!console->account.may(command->needs))
        return told(notFor(console->account, command->needs));
    const std::vector<JsonData> args
        = event.fault.isEmpty() ? api::itemsOf(event.args) : std::vector<JsonData>();
    if (args.size() != 1 || !args.front().isObject()) {
        return told(Error{ErrorCode::InvalidRequest,
                          event.fault.isEmpty() ? u"must have one argument, an object"_s : event.fault});
    }
    const Result<api::Values> values = requestMembersOf(args.front(), command->parameters, {});
    if (!values)
        return told(values.error());
    command->run(*console, *values, told);
}

void Admin::answer(SocketId socket, std::optional<quint64> ackId, Result<Reply> &&outcome)
{
    if (!ackId)
        return;
    const QByteArray text = outcome ? okText(outcome->json) : protocol::errorAck(outcome.error());
    m_parts.gateway.send(socket, encodedAckFrameIn(names::nsp, *ackId, text));
}

void Admin::socketDisconnected(SocketId socket, DisconnectReason reason)
{
    m_waiting.erase(socket);
    m_hook.forget(socket);
    Console *const console = find(socket);
    if (!console)
        return;
    qCInfo(lcAuth).noquote() << "Account" << quoted(console->account.name)
                             << "left /admin:" << reasonName(reason);
    m_watches.forget(*console);
    m_traces.forget(*console);
    forgetOthers(*console);
    m_consoles.erase(socket);
    shrink(m_consoles);
}

void Admin::review()
{
    m_watches.redactions().forget();
    m_live.resync();
    for (const auto &[socket, console] : m_consoles) {
        if (!m_door.stillHolds(console->account))
            m_parts.gateway.disconnect(socket, true, DisconnectReason::ServerDisconnect);
    }
}

void Admin::readFilesAgain()
{
    m_thread.ask([](AdminThread::Parts &parts) { return parts.audit.reopen(); },
                 [](Result<void> &&opened) {
                     if (!opened)
                         qCWarning(lcServer).noquote()
                             << "Nothing is done for consoles:" << opened.error().text();
                 });
}

void Admin::statsTaken(const QByteArray &json)
{
    FramePtr frame;
    for (const auto &[socket, console] : m_consoles) {
        if (console->statsWatch.isEmpty())
            continue;
        if (!frame)
            frame = encodedEventFrameIn(names::nsp, names::stats, json);
        m_parts.gateway.send(socket, frame);
    }
}

AdminCounters Admin::counters() const
{
    return {.consoles = qint64(m_consoles.size()),
            .refused = m_refused,
            .watches = m_watches.count() + m_live.count() + m_logCount,
            .batches = m_load.batches,
            .waitingBytes = m_load.waitingBytes,
            .droppedRing = m_load.droppedRing,
            .droppedRate = m_load.droppedRate,
            .droppedQueue = m_load.droppedQueue,
            .droppedFilter = m_load.droppedFilter,
            .traced = m_traces.count(),
            .timelines = m_timelines.counters(),
            .actions = m_actions.done(),
            .actionsRefused = m_actions.refused()};
}

} // namespace dialogue::admin
