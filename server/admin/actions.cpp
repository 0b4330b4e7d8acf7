#include "server/admin/actions_p.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/base/nearest.h"
#include "core/filter/parser.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/requests.h"
#include "server/admin/reach.h"
#include "server/admin/requestmembers.h"
#include "server/api/operations.h"
#include "server/rooms/hubparts.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

constexpr qsizetype LongestId = 128;

/** What of the operations over HTTP consoles have, and who may. */
struct ActionRow
{
    QLatin1StringView name;
    Permission needs;
    bool isOfAllRooms = false; ///< It is about no room, and so for who is for all.
    FilledBy filled = {};
};
constexpr FilledBy Rooms{"roomId"_L1};
constexpr FilledBy Clients{"clientId"_L1};
constexpr std::array ActionTable{
    ActionRow{"triggerEvent"_L1, Permission::Act, false, Rooms},
    ActionRow{"sendToUser"_L1, Permission::Act, true},
    ActionRow{"addParticipant"_L1, Permission::Act, true, Clients},
    ActionRow{"removeParticipant"_L1, Permission::Act, false, FilledBy{Clients.name, true}},
    ActionRow{"disconnectClient"_L1, Permission::Act, true, Clients},
    ActionRow{"disconnectUser"_L1, Permission::Act, true},
    ActionRow{"banUser"_L1, Permission::Act, false, Rooms},
    ActionRow{"liftBan"_L1, Permission::Act, false, Rooms},
    ActionRow{"muteUser"_L1, Permission::Act, false, Rooms},
    ActionRow{"liftMute"_L1, Permission::Act, false, Rooms},
    ActionRow{"createRoom"_L1, Permission::Govern},
    ActionRow{"updateRoom"_L1, Permission::Govern, false, Rooms},
    ActionRow{"deleteRoom"_L1, Permission::Govern, false, Rooms},
    ActionRow{"eraseEvent"_L1, Permission::Govern},
    ActionRow{"eraseUser"_L1, Permission::Govern},
    ActionRow{"broadcastToRoom"_L1, Permission::Govern, false, Rooms},
    ActionRow{"broadcast"_L1, Permission::Govern, true}};
constexpr auto Drain = "drain"_L1;

/** As all that a key may do, in the account's rooms. */
api::Caller callerOf(const Account &account)
{
    return {Identity{.userId = u"system"_s,
                     .credential = u"admin:"_s + account.name,
                     .grant = std::make_shared<const Grant>(
                         Grant{.scopes = Grant::allScopes(), .rooms = account.rooms})},
            account.name};
}

/** What triggers an event says by which account: as `meta.admin`. */
void sign(const QList<api::ParameterInfo> &parameters, api::Values &values, const Account &account)
{
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        if (parameters[i].name != u"meta")
            continue;
        std::optional<JsonData> &meta = values[std::size_t(i)];
        QJsonObject signedMeta = meta ? meta->toObject() : QJsonObject();
        signedMeta.insert(u"admin"_s, account.name);
        meta = JsonData(signedMeta);
    }
}

QJsonArray argsOfAll(const QList<JsonData> &each)
{
    QJsonArray all;
    for (const JsonData &args : each)
        all.append(args.value());
    return all;
}

/** Of what is to be done, and to whom: the same however it is written, and whatever the reason is. */
QByteArray digestOf(const Actions::Request &request)
{
    const QJsonObject what{{u"action"_s, request.action},
                           {u"args"_s, request.args.toObject()},
                           {u"each"_s, argsOfAll(request.each)},
                           {u"where"_s, request.where},
                           {u"room"_s, request.room}};
    return QCryptographicHash::hash(QJsonDocument(what).toJson(QJsonDocument::Compact),
                                    QCryptographicHash::Sha256);
}

QByteArray resultOf(const Result<Reply> &outcome)
{
    if (!outcome)
        return protocol::errorAck(outcome.error());
    json::ObjectWriter out;
    out.boolean("ok"_L1, true);
    if (!outcome->json.isEmpty())
        out.text("result"_L1, outcome->json);
    return out.take();
}

/** With whom it did, where nobody is named by the request. */
QByteArray failureOf(const QString &id, const Error &error)
{
    json::ObjectWriter out;
    out.string("id"_L1, id);
    return out.take().chopped(1) + ',' + protocol::errorAck(error).sliced(1);
}

} // namespace

Actions::Actions(HubParts &parts, AdminThread &thread, const QByteArray &salt, std::function<void()> drain)
    : m_parts(parts)
    , m_thread(thread)
    , m_targets(parts, salt)
{
    QList<api::Operation> operations = api::roomOperations(parts) + api::eventOperations(parts)
        + api::clientOperations(parts) + api::membershipOperations(parts) + api::messageOperations(parts)
        + api::sanctionOperations(parts) + api::erasingOperations(parts);
    for (api::Operation &each : operations) {
        const auto row = std::find_if(ActionTable.begin(), ActionTable.end(),
                                      [&each](const ActionRow &of) { return each.id == of.name; });
        if (row == ActionTable.end())
            continue;
        for (api::ParameterInfo &parameter : each.parameters)
            parameter.place = api::Place::Body;
        m_actions.push_back({.name = each.id,
                             .needs = row->needs,
                             .parameters = each.parameters,
                             .run = each.run,
                             .isOfAllRooms = row->isOfAllRooms,
                             .isSigned = each.id == u"triggerEvent",
                             .counts = placeOf(each.parameters, "dryRun"_L1) >= 0,
                             .filled = row->filled});
    }
    m_actions.push_back(
        {.name = Drain,
         .needs = Permission::Govern,
         .parameters = {},
         .run = [](const api::Caller &, const api::Values &, const Done &done) { done(Reply()); },
         .isOfAllRooms = true,
         .afterwards = std::move(drain)});
}

Actions::~Actions() = default;

api::Parameters<Actions::Request> Actions::parameters()
{
    using R = Request;
    api::Parameter<R> each{{.name = u"each"_s,
                            .type = api::ValueType::List,
                            .doc = u"In place of args: done once with each of these."_s,
                            .least = 1,
                            .most = MostAtOnce},
                           [](R &request, const JsonData &value) -> Result<void> {
                               for (const JsonData &item : api::itemsOf(value))
                                   request.each.append(item);
                               return {};
                           }};
    return {
        api::parameter({.name = u"id"_s,
                        .doc = u"Made up by the console: what has it is done once."_s,
                        .isRequired = true,
                        .least = 1,
                        .most = LongestId},
                       &R::id),
        api::parameter(
            {.name = u"action"_s, .doc = u"What is done."_s, .isRequired = true, .least = 1, .most = 64},
            &R::action),
        api::parameter({.name = u"args"_s, .type = api::ValueType::Object, .doc = u"With what."_s}, &R::args),
        each,
        api::parameter({.name = u"where"_s,
                        .doc = u"In place of the client or room: all that this filter wants."_s,
                        .least = 1,
                        .most = filter::MaxText},
                       &R::where),
        api::parameter({.name = u"room"_s,
                        .doc = u"With where, of clients: who is in it."_s,
                        .least = 1,
                        .most = protocol::MaxNameLength},
                       &R::room),
        api::parameter({.name = u"expect"_s,
                        .type = api::ValueType::Number,
                        .doc = u"With where: how many a dry run has said; it is done to no more."_s,
                        .least = 0,
                        .most = 1LL << 31},
                       &R::expect),
        api::parameter({.name = u"reason"_s, .doc = u"Why: for the audit log."_s, .most = 1000}, &R::reason),
        api::parameter({.name = u"dryRun"_s,
                        .type = api::ValueType::Flag,
                        .doc = u"Says whom it would reach, and does nothing."_s},
                       &R::dryRun)};
}

const Actions::Action *Actions::find(const QString &name) const
{
    const auto found = std::find_if(m_actions.begin(), m_actions.end(),
                                    [&](const Action &each) { return each.name == name; });
    return found == m_actions.end() ? nullptr : &*found;
}

QStringList Actions::namesFor(const Account &account) const
{
    QStringList names;
    for (const Action &each : m_actions) {
        if (account.may(each.needs) && (!each.isOfAllRooms || account.reachesAll()))
            names.append(each.name);
    }
    return names;
}

Result<std::vector<api::Values>> Actions::valuesOf(const Action &action, const Request &request) const
{
    std::vector<api::Values> items;
    const auto add = [&](const JsonData &args, const QString &path) -> Result<void> {
        Result<api::Values> values = requestMembersOf(args, action.parameters, path);
        if (!values)
            return values.error();
        items.push_back(*std::move(values));
        return {};
    };
    if (request.each.isEmpty()) {
        const JsonData args = request.args.isNull() ? JsonData(QJsonObject()) : request.args;
        if (auto added = add(args, u"args"_s); !added)
            return added.error();
        return items;
    }
    if (!request.args.isNull())
        return Error{ErrorCode::InvalidRequest, u"stands beside `args`; it is one of the two"_s, u"each"_s};
    for (qsizetype i = 0; i < request.each.size(); ++i) {
        if (auto added = add(request.each[i], u"each[%1]"_s.arg(i)); !added)
            return added.error();
    }
    return items;
}

Result<Reply> Actions::wouldDo(const Action &action, const Account &account,
                               const std::vector<api::Values> &items) const
{
    qint64 reached = 0;
    for (const api::Values &values : items) {
        const Result<qint64> each = reachOf(m_parts, account, action.name, action.parameters, values);
        if (!each)
            return each.error();
        reached += *each;
    }
    json::ObjectWriter out;
    out.boolean("dryRun"_L1, true);
    out.number("items"_L1, qint64(items.size()));
    out.number("reaches"_L1, reached);
    return Reply{out.take()};
}

/** What only the rooms and their store know. */
void Actions::countFor(const Action &action, const Account &account, std::vector<api::Values> items,
                       const Done &done) const
{
    struct Counts
    {
        qsizetype items;
        qsizetype left;
        qint64 reached = 0;
        std::optional<Error> error = {};
    };
    const auto counts
        = std::make_shared<Counts>(Counts{.items = qsizetype(items.size()), .left = qsizetype(items.size())});
    for (api::Values &values : items) {
        values[std::size_t(placeOf(action.parameters, "dryRun"_L1))] = JsonData(QJsonValue(true));
        action.run(callerOf(account), values, [counts, done](Result<Reply> &&counted) {
            if (counted) {
                const QJsonObject of = QJsonDocument::fromJson(counted->json).object();
                counts->reached += std::max(of[u"inMemory"].toInteger(), of[u"stored"].toInteger());
            } else if (counted.error().code != ErrorCode::NotFound) { // Of which there is none.
                counts->error = counted.error();
            }
            if (--counts->left > 0)
                return;
            if (counts->error)
                return done(*counts->error);
            json::ObjectWriter out;
            out.boolean("dryRun"_L1, true);
            out.number("items"_L1, qint64(counts->items));
            out.number("reaches"_L1, counts->reached);
            done(Reply{out.take()});
        });
    }
}

void Actions::run(const Account &account, const Request &request, const Done &done)
{
    const auto refuse = [&](const Error &error) {
        ++m_refused;
        done(error);
    };
    const Action *const action = find(request.action);
    if (!action) {
        const QStringList names = namesFor(account);
        const QString near = nearest(request.action, names);
        return refuse({ErrorCode::InvalidRequest,
                       near.isEmpty() ? u"must be one of "_s + names.join(u", "_s)
                                      : u"is not known; did you mean \"%1\"?"_s.arg(near),
                       u"action"_s});
    }
    if (!account.may(action->needs))
        return refuse(notFor(account, action->needs));
    if (!request.where.isEmpty()) {
        if (auto begun = runWhere(account, *action, request, done); !begun)
            refuse(begun.error());
        return;
    }
    if (request.expect || !request.room.isEmpty()) {
        return refuse({ErrorCode::InvalidRequest, u"is for a filter (where)"_s,
                       request.expect ? u"expect"_s : u"room"_s});
    }
    Result<std::vector<api::Values>> items = valuesOf(*action, request);
    if (!items)
        return refuse(items.error());
    if (request.dryRun && action->counts)
        return countFor(*action, account, *items, done);
    if (request.dryRun)
        return done(wouldDo(*action, account, *items));
    if (isKnown(account, request, done))
        return;
    QJsonObject note = noteOf(account, request);
    if (request.each.isEmpty())
        note.insert(u"args"_s, request.args.toObject());
    else
        note.insert(u"each"_s, argsOfAll(request.each));
    const std::size_t count = items->size();
    begin(std::make_shared<Run>(
        Run{.key = Key(account.name, request.id),
            .account = account,
            .action = action,
            .note = note,
            .count = count,
            .valuesAt = [all = *std::move(items)](std::size_t each) { return all[each]; },
            .isSingle = request.each.isEmpty()}));
}

/** One that was, or is being, done is answered so. Another one is remembered. */
bool Actions::isKnown(const Account &account, const Request &request, const Done &done)
{
    const Key key(account.name, request.id);
    if (const auto known = m_known.find(key); known != m_known.end()) {
        if (known->second.digest != digestOf(request)) {
            ++m_refused;
            done(Error{ErrorCode::InvalidRequest, u"has been used for something else"_s, u"id"_s});
        } else if (known->second.outcome) {
            done(Result<Reply>(*known->second.outcome));
        } else {
            known->second.waiting.push_back(done);
        }
        return true;
    }
    remember(key, digestOf(request), done);
    return false;
}

QJsonObject Actions::noteOf(const Account &account, const Request &request)
{
    QJsonObject note{{u"account"_s, account.name},
                     {u"address"_s, account.address.toString()},
                     {u"action"_s, request.action},
                     {u"id"_s, request.id}};
    if (!request.reason.isEmpty())
        note.insert(u"reason"_s, request.reason);
    return note;
}

void Actions::remember(const Key &key, const QByteArray &digest, const Done &done)
{
    m_known.emplace(key, Known{.digest = digest, .waiting = {done}});
    m_order.push_back(key);
    if (m_order.size() <= MostRemembered)
        return;
    // One that is still being done answers who waits for it, though a later one of its id is done again.
    const auto oldest = m_known.find(m_order.front());
    if (oldest != m_known.end() && oldest->second.outcome)
        m_known.erase(oldest);
    m_order.pop_front();
}

void Actions::begin(const std::shared_ptr<Run> &run)
{
    m_thread.ask([note = run->note](AdminThread::Parts &parts) { return parts.audit.add(note); },
                 [this, run](Result<quint64> &&noted) {
                     if (!noted) {
                         ++m_refused;
                         return settle(run->key, noted.error());
                     }
                     qCInfo(lcServer).noquote()
                         << "Account" << quoted(run->account.name) << "does" << run->action->name;
                     const CallDepth::Scope scope(m_parts.calls);
                     goOn(run);
                 });
}

void Actions::goOn(const std::shared_ptr<Run> &run)
{
    if (run->next == run->count)
        return ended(run);
    const std::size_t each = run->next++;
    // In a turn of its own: many at once are not to hold up the others.
    const auto next = [this, run, alive = std::weak_ptr(m_alive)] {
        QMetaObject::invokeMethod(
            &m_parts.hub,
            [this, run, alive] {
                if (alive.expired())
                    return;
                const CallDepth::Scope scope(m_parts.calls);
                goOn(run);
            },
            Qt::QueuedConnection);
    };
    if (run->isStillWanted && !run->isStillWanted(run->targets[qsizetype(each)])) {
        ++run->skipped;
        return next();
    }
    api::Values values = run->valuesAt(each);
    if (run->action->isSigned)
        sign(run->action->parameters, values, run->account);
    const auto again = [run, next, alive = std::weak_ptr(m_alive)](Result<Reply> &&outcome) {
        if (alive.expired())
            return;
        run->failed += outcome ? 0 : 1;
        if (run->isSingle)
            run->only = std::move(outcome);
        else if (!run->place)
            run->results.append(resultOf(outcome));
        else if (!outcome && run->results.size() < Targets::FirstShown)
            run->results.append(failureOf(run->targets[qsizetype(run->next) - 1], outcome.error()));
        next();
    };
    if (const auto reached
        = reachOf(m_parts, run->account, run->action->name, run->action->parameters, values);
        !reached)
        return again(reached.error());
    run->action->run(callerOf(run->account), values, again);
}

void Actions::ended(const std::shared_ptr<Run> &run)
{
    tell(*run);
    if (run->action->afterwards && run->failed == 0)
        run->action->afterwards();
}

void Actions::tell(const Run &run)
{
    const qint64 all = qint64(run.count);
    (run.failed > 0 && run.failed + run.skipped == all ? m_refused : m_done) += 1;
    QJsonObject note{{u"account"_s, run.account.name},
                     {u"action"_s, run.action->name},
                     {u"id"_s, run.key.second},
                     {u"ended"_s, true},
                     {u"failed"_s, run.failed}};
    if (!run.isSingle)
        note.insert(u"count"_s, all);
    if (run.place)
        note.insert(u"skipped"_s, run.skipped);
    if (run.isSingle && !run.only)
        note.insert(u"error"_s, run.only.error().text());
    m_thread.post([note](AdminThread::Parts &parts) { (void)parts.audit.add(note); });
    if (run.isSingle) {
        if (!run.only)
            return settle(run.key, run.only.error());
        json::ObjectWriter out;
        if (!run.only->json.isEmpty())
            out.text("result"_L1, run.only->json);
        return settle(run.key, Reply{out.take()});
    }
    json::ObjectWriter out;
    out.number("done"_L1, all - run.failed - run.skipped);
    out.number("failed"_L1, run.failed);
    if (run.place)
        out.number("skipped"_L1, run.skipped);
    out.text(run.place ? "failures"_L1 : "results"_L1, '[' + run.results.join(',') + ']');
    settle(run.key, Reply{out.take()});
}

void Actions::settle(const Key &key, Result<Reply> &&outcome)
{
    const auto known = m_known.find(key);
    if (known == m_known.end())
        return;
    const std::vector<Done> waiting = std::exchange(known->second.waiting, {});
    // What failed may be tried again with the same id; what was done is not done twice.
    if (outcome)
        known->second.outcome = outcome;
    else
        m_known.erase(known);
    for (const Done &done : waiting)
        done(Result<Reply>(outcome));
}

void Actions::note(const Account &account, const QString &action, const QJsonObject &args,
                   const std::function<void(Result<void> &&)> &then)
{
    const QJsonObject note{{u"account"_s, account.name},
                           {u"address"_s, account.address.toString()},
                           {u"action"_s, action},
                           {u"args"_s, args}};
    m_thread.ask([note](AdminThread::Parts &parts) { return parts.audit.add(note); },
                 [then](Result<quint64> &&noted) { then(noted ? Result<void>() : noted.error()); });
}

} // namespace dialogue::admin
