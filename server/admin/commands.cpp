// What consoles may ask for.
#include "core/protocol/admin/names.h"
#include "core/protocol/dialogue/requests.h"
#include "server/admin/admin.h"
#include "server/admin/rows.h"
#include "server/rooms/hubparts.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

namespace names = protocol::admin::names;

struct Get
{
    QString what = {};
    QString id = {};
    qint64 since = 0;
};

struct WatchName
{
    QString watch = {};
};

struct Trace
{
    QString client = {};
    std::optional<bool> traced = {};
};

struct Credit
{
    QString watch = {};
    qint64 number = 0;
};

Reply replyOf(const QJsonObject &object, QLatin1String member)
{
    json::ObjectWriter out;
    out.value(member, object);
    return Reply{out.take()};
}

Reply watchingReply(const Console &console)
{
    json::ObjectWriter out;
    out.boolean("stats"_L1, !console.statsWatch.isEmpty());
    return Reply{out.take()};
}

api::ParameterInfo watchName()
{
    return {.name = u"watch"_s, .doc = u"Which."_s, .isRequired = true, .least = 1, .most = 64};
}

} // namespace

std::vector<Command> Admin::commands()
{
    std::vector<Command> all = readingCommands();
    for (Command &each : watchingCommands())
        all.push_back(std::move(each));
    for (Command &each : explainingCommands())
        all.push_back(std::move(each));
    all.push_back(command<Actions::Request>(
        names::act, Permission::Look, Actions::parameters(),
        [this](Console &console, const Actions::Request &request, const Done &done) {
            m_actions.run(console.account, request, done);
        }));
    return all;
}

std::vector<Command> Admin::readingCommands()
{
    return {
        command<Lists::Request>(names::list, Permission::Look, Lists::parameters(),
                                [this](const Console &console, const Lists::Request &request,
                                       const Done &done) { list(console, request, done); }),
        command<Get>(names::get, Permission::Look,
                     {api::parameter({.name = u"what"_s,
                                      .doc = u"room, client, timeline, stats or past."_s,
                                      .isRequired = true,
                                      .least = 1,
                                      .most = 16},
                                     &Get::what),
                      api::parameter(
                          {.name = u"id"_s,
                           .doc = u"Of a room, a client, or the client of a timeline; of past: 1s or 10s."_s,
                           .most = protocol::MaxNameLength},
                          &Get::id),
                      api::parameter({.name = u"since"_s,
                                      .type = api::ValueType::Number,
                                      .doc = u"Past: milliseconds since 1970."_s,
                                      .least = 0,
                                      .most = 1LL << 53},
                                     &Get::since)},
                     [this](const Console &console, const Get &request, const Done &done) {
                         get(console, request.what, request.id, request.since, done);
                     }),
    };
}

std::vector<Command> Admin::explainingCommands()
{
    return {
        command<Why::Request>(names::why, Permission::Look, Why::parameters(),
                              [this](const Console &console, const Why::Request &request, const Done &done) {
                                  m_why.ask(console.account, request, done);
                              }),
        command<Trace>(
            names::trace, Permission::Look,
            {api::parameter({.name = u"client"_s,
                             .doc = u"The id of a client that is there."_s,
                             .isRequired = true,
                             .least = 1,
                             .most = 255},
                            &Trace::client),
             api::parameter(
                 {.name = u"traced"_s, .type = api::ValueType::Flag, .doc = u"From now on, or no more."_s},
                 &Trace::traced)},
            [this](Console &console, const Trace &request, const Done &done) {
                const Result<SocketId> socket = m_why.socketOf(console.account, request.client);
                if (!socket)
                    return done(socket.error());
                if (!request.traced.value_or(true))
                    m_traces.end(console, *socket);
                else if (auto begun
                         = m_traces.begin(console, *socket,
                                          [this](SocketId each) { return m_parts.hub.clients.find(each); });
                         !begun)
                    return done(begun.error());
                done(Reply());
            }),
    };
}

std::vector<Command> Admin::watchingCommands()
{
    using Request = ConsoleWatches::Request;
    return {
        command<Request>(
            names::watch, Permission::Look, ConsoleWatches::parameters(true),
            [this](Console &console, const Request &request, const Done &done) {
                if (request.what != u"stats")
                    return watch(console, request, done);
                if (!console.statsWatch.isEmpty() || console.isWatching(request.watch))
                    return done(Error{ErrorCode::InvalidRequest, u"is there already"_s, u"watch"_s});
                console.statsWatch = request.watch;
                done(watchingReply(console));
            }),
        command<Request>(names::update, Permission::Look, ConsoleWatches::parameters(false),
                         [this](Console &console, const Request &request, const Done &done) {
                             updateWatch(console, request, done);
                         }),
        command<WatchName>(names::unwatch, Permission::Look, {api::parameter(watchName(), &WatchName::watch)},
                           [this](Console &console, const WatchName &request, const Done &done) {
                               if (unwatchOther(console, request.watch))
                                   return done(Reply());
                               if (request.watch != console.statsWatch)
                                   return m_watches.unwatch(console, request.watch, done);
                               console.statsWatch.clear();
                               done(watchingReply(console));
                           }),
        command<Credit>(names::credit, Permission::Look,
                        {api::parameter(watchName(), &Credit::watch),
                         api::parameter({.name = u"number"_s,
                                         .type = api::ValueType::Number,
                                         .doc = u"Of the last batch that was taken."_s,
                                         .isRequired = true,
                                         .least = 1,
                                         .most = 1LL << 53},
                                        &Credit::number)},
                        [this](const Console &console, const Credit &request, const Done &done) {
                            m_watches.credit(console, request.watch, quint64(request.number));
                            creditOther(console, request.watch, quint64(request.number));
                            done(Reply());
                        }),
    };
}

void Admin::list(const Console &console, const Lists::Request &request, const Done &done)
{
    if (!request.codes.isEmpty() && request.what != u"errors")
        return done(Error{ErrorCode::InvalidRequest, u"are of errors alone"_s, u"codes"_s});
    if (request.what == u"rooms")
        return m_lists.rooms(console.account, request, done);
    if (request.what == u"clients")
        return m_lists.clients(console.account, request, done);
    if (request.what == u"sanctions" && request.where.isEmpty())
        return m_lists.sanctions(console.account, request, done);
    if (!request.where.isEmpty())
        return done(Error{ErrorCode::InvalidRequest, u"is for rooms and clients"_s, u"where"_s});
    const bool isOfErrors = request.what == u"errors";
    if (!request.sort.isEmpty() || request.descending || (!request.room.isEmpty() && !isOfErrors))
        return done(
            Error{ErrorCode::InvalidRequest, u"has an order of its own, and is of all rooms"_s, u"what"_s});
    if (request.what == u"slowest" && (!request.search.isEmpty() || !request.after.isEmpty()))
        return done(Error{ErrorCode::InvalidRequest, u"is one page, of whoever is slowest"_s, u"what"_s});
    if (request.what == u"leavers" && !request.after.isEmpty())
        return done(Error{ErrorCode::InvalidRequest, u"is one page, of who left last"_s, u"what"_s});
    if (request.what == u"leavers")
        return m_why.leavers(console.account, request.search, request.limit, done);
    if (request.what == u"slowest")
        return m_lists.slowest(console.account, request, done);
    if (request.what != u"audit" && !isOfErrors)
        return done(Error{ErrorCode::InvalidRequest,
                          u"must be rooms, clients, leavers, slowest, sanctions, errors or audit"_s,
                          u"what"_s});
    if (auto allowed = isOfErrors ? Result<void>() : maySeeAudit(console.account); !allowed)
        return done(allowed.error());
    bool isCursor = true;
    const quint64 before = request.after.isEmpty() ? 0 : request.after.toULongLong(&isCursor);
    if (!isCursor)
        return done(Error{ErrorCode::InvalidRequest, u"must be `next` of another page"_s, u"after"_s});
    // They are looked through in the thread in which what is done is written down.
    if (*console.pages >= MostPages) {
        return done(Error{ErrorCode::Unavailable,
                          u"A console waits for %1 pages at most"_s.arg(MostPages),
                          {},
                          std::chrono::seconds(1)});
    }
    ++*console.pages;
    const Done counted = [pages = console.pages, done](Result<Reply> &&page) {
        --*pages;
        done(std::move(page));
    };
    if (isOfErrors)
        return listErrors(console, request, before, counted);
    m_thread.ask([before, limit = request.limit, search = request.search](
                     AdminThread::Parts &parts) { return parts.audit.page(before, limit, search); },
                 [counted](AuditLog::Page &&page) {
                     json::ObjectWriter out;
                     out.value("rows"_L1, page.entries);
                     if (page.next > 0)
                         out.string("next"_L1, QString::number(page.next));
                     counted(Reply{out.take()});
                 });
}

void Admin::get(const Console &console, const QString &what, const QString &id, qint64 since,
                const Done &done)
{
    const Account &account = console.account;
    if (what == u"room") {
        const Room *const room = account.reaches(id) ? m_parts.hub.rooms.find(id) : nullptr;
        return done(room ? Result<Reply>(replyOf(detailsOf(*room), "room"_L1))
                         : Error{ErrorCode::RoomNotFound, u"There is no room '%1'"_s.arg(id), u"id"_s});
    }
    if (what == u"client")
        return m_lists.client(account, id, done);
    if (what == u"timeline")
        return m_why.timeline(account, id, done);
    if (what != u"stats" && what != u"past") {
        return done(
            Error{ErrorCode::InvalidRequest, u"must be room, client, timeline, stats or past"_s, u"what"_s});
    }
    if (what == u"past" && !id.isEmpty() && id != u"1s" && id != u"10s")
        return done(Error{ErrorCode::InvalidRequest, u"must be 1s or 10s"_s, u"id"_s});
    m_thread.ask(
        [what, id, since](AdminThread::Parts &parts) {
            if (what == u"stats")
                return parts.past.newestJson();
            return parts.past.json(id == u"10s" ? StatsHistory::Coarse : StatsHistory::Fine, since);
        },
        [done](QByteArray &&json) { done(Reply{std::move(json)}); });
}

} // namespace dialogue::admin
