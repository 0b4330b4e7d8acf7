// What consoles watch besides events and figures: refusals, the audit log, rooms and clients.
#include "core/json/objectwriter.h"
#include "server/admin/admin.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

using WatchRequest = ConsoleWatches::Request;

/** What a watch of \a what has no use for is no part of the request. */
Result<void> holdsOnlyItsOwn(const WatchRequest &request, const QString &what)
{
    const bool isOfErrors = what == u"errors";
    const bool isOfEvents = what == u"events";
    const bool isOfRows = what == u"rooms" || what == u"clients";
    const std::pair<bool, QString> others[]{{request.rooms && !isOfErrors && !isOfEvents, u"rooms"_s},
                                            {request.codes && !isOfErrors, u"codes"_s},
                                            {request.ids && !isOfRows, u"ids"_s},
                                            {request.events && !isOfEvents, u"events"_s},
                                            {request.filter && !isOfEvents, u"filter"_s},
                                            {!request.fields.isEmpty() && !isOfEvents, u"fields"_s},
                                            {request.unredacted && !isOfEvents, u"unredacted"_s},
                                            {request.maxRate && !isOfEvents, u"maxRate"_s}};
    for (const auto &[isThere, name] : others) {
        if (isThere)
            return Error{ErrorCode::InvalidRequest, u"says nothing of %1"_s.arg(what), name};
    }
    return {};
}

Result<QList<ErrorCode>> codesOf(const QStringList &names)
{
    QList<ErrorCode> codes;
    for (const QString &name : names) {
        const auto code = codeFromName(name.toLatin1());
        if (!code)
            return Error{ErrorCode::InvalidRequest, u"'%1' is no code"_s.arg(name), u"codes"_s};
        codes.append(*code);
    }
    return codes;
}

Result<RefusalScope> refusalScopeOf(const WatchRequest &request, const RefusalScope &before)
{
    RefusalScope scope = before;
    if (request.rooms)
        scope.rooms = *request.rooms;
    if (!request.codes)
        return scope;
    Result<QList<ErrorCode>> codes = codesOf(*request.codes);
    if (!codes)
        return codes.error();
    scope.codes = *std::move(codes);
    return scope;
}

} // namespace

Result<void> Admin::maySeeAudit(const Account &account)
{
    if (!account.may(Permission::Audit))
        return notFor(account, Permission::Audit);
    if (account.reachesAll())
        return {};
    return Error{ErrorCode::PermissionDenied,
                 u"The audit log is of all rooms, and the account '%1' of some"_s.arg(account.name)};
}

void Admin::watch(Console &console, const WatchRequest &request, const Done &done)
{
    const QString &what = request.what;
    if (what != u"events" && what != u"errors" && what != u"audit" && what != u"rooms"
        && what != u"clients") {
        return done(Error{ErrorCode::InvalidRequest,
                          u"must be events, stats, errors, audit, rooms or clients"_s, u"what"_s});
    }
    if (auto own = holdsOnlyItsOwn(request, what); !own)
        return done(own.error());
    if (what == u"events")
        return m_watches.watch(console, request, done);
    if (auto room = m_watches.hasRoom(console, request.watch); !room)
        return done(room.error());
    done(what == u"errors" || what == u"audit" ? watchLog(console, request) : watchList(console, request));
}

Result<Reply> Admin::watchLog(Console &console, const WatchRequest &request)
{
    const Result<RefusalScope> scope = refusalScopeOf(request, {});
    if (!scope)
        return scope.error();
    LogWatchSpec spec{.socket = console.socket,
                      .name = request.watch,
                      .account = console.account,
                      .isOfAudit = request.what == u"audit",
                      .scope = *scope};
    if (spec.isOfAudit) {
        if (auto allowed = maySeeAudit(console.account); !allowed)
            return allowed.error();
    } else {
        m_refusalScopes.emplace(m_lastLog + 1, *scope);
    }
    const LogWatches::Id id = ++m_lastLog;
    ++m_logCount;
    console.logs.insert(request.watch, id);
    m_thread.post([id, spec = std::move(spec)](AdminThread::Parts &parts) { parts.watches.add(id, spec); });
    return Reply();
}

Result<Reply> Admin::watchList(Console &console, const WatchRequest &request)
{
    const auto what = request.what == u"rooms" ? LiveLists::What::Rooms : LiveLists::What::Clients;
    const Result<LiveLists::Id> id
        = m_live.add(what, StateWatch(console.socket, request.watch, console.account),
                     request.ids.value_or(QStringList()));
    if (!id)
        return id.error();
    console.lists.insert(request.watch, *id);
    return Reply();
}

void Admin::updateWatch(Console &console, const WatchRequest &request, const Done &done)
{
    if (const auto list = console.lists.constFind(request.watch); list != console.lists.constEnd()) {
        auto result = holdsOnlyItsOwn(request, u"rooms"_s);
        if (result && request.ids)
            result = m_live.setIds(*list, *request.ids);
        return done(result ? Result<Reply>(Reply()) : result.error());
    }
    const auto log = console.logs.constFind(request.watch);
    if (log == console.logs.constEnd()) {
        if (auto own = holdsOnlyItsOwn(request, u"events"_s); !own)
            return done(own.error());
        return m_watches.update(console, request, done);
    }
    const auto before = m_refusalScopes.find(*log);
    const bool isOfAudit = before == m_refusalScopes.end();
    if (auto own = holdsOnlyItsOwn(request, isOfAudit ? u"audit"_s : u"errors"_s); !own)
        return done(own.error());
    if (!isOfAudit) {
        const Result<RefusalScope> scope = refusalScopeOf(request, before->second);
        if (!scope)
            return done(scope.error());
        before->second = *scope;
        m_thread.post(
            [id = *log, scope = *scope](AdminThread::Parts &parts) { parts.watches.setScope(id, scope); });
    }
    done(Reply());
}

bool Admin::unwatchOther(Console &console, const QString &name)
{
    if (const auto list = console.lists.constFind(name); list != console.lists.constEnd()) {
        m_live.remove(*list);
        console.lists.erase(list);
        return true;
    }
    const auto log = console.logs.constFind(name);
    if (log == console.logs.constEnd())
        return false;
    removeLog(*log);
    console.logs.erase(log);
    return true;
}

void Admin::removeLog(LogWatches::Id id)
{
    --m_logCount;
    m_refusalScopes.erase(id);
    m_thread.post([id](AdminThread::Parts &parts) { parts.watches.remove(id); });
}

void Admin::creditOther(const Console &console, const QString &name, quint64 number)
{
    if (const auto list = console.lists.constFind(name); list != console.lists.constEnd())
        return m_live.credit(*list, number);
    if (const auto log = console.logs.constFind(name); log != console.logs.constEnd())
        m_thread.post([id = *log, number](AdminThread::Parts &parts) { parts.watches.credit(id, number); });
}

void Admin::forgetOthers(const Console &console)
{
    for (const LiveLists::Id id : console.lists)
        m_live.remove(id);
    for (const LogWatches::Id id : console.logs)
        removeLog(id);
}

void Admin::listErrors(const Console &console, const Lists::Request &request, quint64 before,
                       const Done &done)
{
    const Result<QList<ErrorCode>> codes = codesOf(request.codes);
    if (!codes)
        return done(codes.error());
    RefusalScope scope{.codes = *codes};
    if (!request.room.isEmpty())
        scope.rooms = {request.room};
    m_thread.ask(
        [before, limit = request.limit, search = request.search, scope, account = console.account](
            AdminThread::Parts &parts) { return parts.refusals.page(before, limit, search, scope, account); },
        [done](RefusalLog::Page &&page) {
            json::ObjectWriter out;
            out.value("rows"_L1, page.rows);
            if (page.next > 0)
                out.string("next"_L1, QString::number(page.next));
            done(Reply{out.take()});
        });
}

} // namespace dialogue::admin
