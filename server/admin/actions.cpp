#include "server/admin/actions.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/base/nearest.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/errors.h"
#include "server/admin/reach.h"
#include "server/api/operations.h"
#include "server/rooms/hubparts.h"

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
};
constexpr std::array ActionTable{ActionRow{"triggerEvent"_L1, Permission::Act},
                                 ActionRow{"sendToUser"_L1, Permission::Act, true},
                                 ActionRow{"addParticipant"_L1, Permission::Act, true},
                                 ActionRow{"removeParticipant"_L1, Permission::Act},
                                 ActionRow{"disconnectClient"_L1, Permission::Act, true},
                                 ActionRow{"disconnectUser"_L1, Permission::Act, true},
                                 ActionRow{"banUser"_L1, Permission::Act},
                                 ActionRow{"liftBan"_L1, Permission::Act},
                                 ActionRow{"muteUser"_L1, Permission::Act},
                                 ActionRow{"liftMute"_L1, Permission::Act},
                                 ActionRow{"createRoom"_L1, Permission::Govern},
                                 ActionRow{"updateRoom"_L1, Permission::Govern},
                                 ActionRow{"deleteRoom"_L1, Permission::Govern},
                                 ActionRow{"broadcastToRoom"_L1, Permission::Govern},
                                 ActionRow{"broadcast"_L1, Permission::Govern, true}};
constexpr auto Drain = "drain"_L1;

/** As all that a key may do, in the account's rooms. */
api::Caller callerOf(const Account &account)
{
    return {Identity{
        .userId = u"system"_s,
        .credential = u"admin:"_s + account.name,
        .grant = std::make_shared<const Grant>(Grant{.scopes = Grant::allScopes(), .rooms = account.rooms})}};
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

} // namespace

struct Actions::Action
{
    QString name;
    Permission needs;
    QList<api::ParameterInfo> parameters; ///< All in one object, wherever they stand over HTTP.
    std::function<void(const api::Caller &, const api::Values &, const Done &)> run;
    bool isOfAllRooms = false;
    bool isSigned = false;
    std::function<void()> afterwards = {}; ///< Once it is answered.
};

/** One request that is being done. */
struct Actions::Run
{
    Key key;
    Account account;
    const Action *action;
    QJsonObject note;
    std::vector<api::Values> items;
    bool isSingle = true;
    std::size_t next = 0;
    QList<QByteArray> results = {};
    Result<Reply> only = Reply(); ///< Of the single one.
    int failed = 0;
};

Actions::Actions(HubParts &parts, AdminThread &thread, std::function<void()> drain)
    : m_parts(parts)
    , m_thread(thread)
{
    QList<api::Operation> operations = api::roomOperations(parts) + api::eventOperations(parts)
        + api::clientOperations(parts) + api::membershipOperations(parts) + api::messageOperations(parts)
        + api::sanctionOperations(parts);
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
                             .isSigned = each.id == u"triggerEvent"});
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
        Result<api::Values> values = api::membersOf(args, action.parameters, path);
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
    Result<std::vector<api::Values>> items = valuesOf(*action, request);
    if (!items)
        return refuse(items.error());
    if (request.dryRun)
        return done(wouldDo(*action, account, *items));
    const Key key(account.name, request.id);
    if (const auto known = m_known.find(key); known != m_known.end()) {
        if (known->second.action != request.action) {
            return refuse({ErrorCode::InvalidRequest,
                           u"has been used for another action (%1)"_s.arg(known->second.action), u"id"_s});
        }
        if (known->second.outcome)
            return done(Result<Reply>(*known->second.outcome));
        known->second.waiting.push_back(done);
        return;
    }
    remember(key, request.action, done);
    QJsonObject note{{u"account"_s, account.name},
                     {u"address"_s, account.address.toString()},
                     {u"action"_s, request.action},
                     {u"id"_s, request.id}};
    if (request.each.isEmpty())
        note.insert(u"args"_s, request.args.toObject());
    else
        note.insert(u"each"_s, argsOfAll(request.each));
    if (!request.reason.isEmpty())
        note.insert(u"reason"_s, request.reason);
    const auto each = std::make_shared<Run>(Run{.key = key,
                                                .account = account,
                                                .action = action,
                                                .note = note,
                                                .items = *std::move(items),
                                                .isSingle = request.each.isEmpty()});
    begin(each);
}

void Actions::remember(const Key &key, const QString &action, const Done &done)
{
    m_known.emplace(key, Known{.action = action, .waiting = {done}});
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
    if (run->next == run->items.size())
        return ended(run);
    api::Values &values = run->items[run->next++];
    if (run->action->isSigned)
        sign(run->action->parameters, values, run->account);
    const auto again = [this, run, alive = std::weak_ptr(m_alive)](Result<Reply> &&outcome) {
        if (alive.expired())
            return;
        run->failed += outcome ? 0 : 1;
        if (run->isSingle)
            run->only = std::move(outcome);
        else
            run->results.append(resultOf(outcome));
        // In a turn of its own: many at once are not to hold up the others.
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
    const qint64 all = qint64(run.items.size());
    (run.failed == all ? m_refused : m_done) += 1;
    QJsonObject note{{u"account"_s, run.account.name},
                     {u"action"_s, run.action->name},
                     {u"id"_s, run.key.second},
                     {u"ended"_s, true},
                     {u"failed"_s, run.failed}};
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
    out.number("done"_L1, all - run.failed);
    out.number("failed"_L1, run.failed);
    out.text("results"_L1, '[' + run.results.join(',') + ']');
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
