// What is done to all that a filter wants.
#include "core/json/objectwriter.h"
#include "server/admin/actions_p.h"
#include "server/admin/reach.h"
#include "server/admin/requestmembers.h"
#include "server/rooms/hubparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

Error wrong(const QString &message, const QString &path)
{
    return {ErrorCode::InvalidRequest, message, path};
}

api::Values with(api::Values values, qsizetype place, const QString &id)
{
    values[std::size_t(place)] = JsonData(QJsonValue(id));
    return values;
}

} // namespace

qsizetype placeOf(const QList<api::ParameterInfo> &parameters, QLatin1StringView name)
{
    const auto found = std::ranges::find(parameters, name, &api::ParameterInfo::name);
    return found == parameters.end() ? -1 : found - parameters.begin();
}

int Actions::mostTargets() const { return m_parts.rooms.services().config.admin.maxTargets; }

/** The values of each, without whom it is for. */
Result<api::Values> Actions::commonValues(const Account &account, const Action &action,
                                          const Request &request) const
{
    const FilledBy &filled = action.filled;
    if (filled.name.isEmpty())
        return wrong(u"is not for %1, which is done to no client and no room"_s.arg(action.name), u"where"_s);
    if (!request.each.isEmpty())
        return wrong(u"stands beside `each`; it is one of the two"_s, u"where"_s);
    QJsonObject args = request.args.toObject();
    if (args.contains(filled.name))
        return wrong(u"is what `where` says"_s, u"args."_s + filled.name);
    if (!request.room.isEmpty() && (filled.isRoom() || filled.isOfParticipants))
        return wrong(u"is for actions on clients of any room"_s, u"room"_s);
    if (action.isOfAllRooms && !account.reachesAll()) {
        return Error{ErrorCode::PermissionDenied,
                     u"This is about no single room; the account '%1' is for some"_s.arg(account.name)};
    }
    args.insert(filled.name, u"-"_s); // Anybody's, for all else to be looked at.
    return requestMembersOf(JsonData(args), action.parameters, u"args"_s);
}

Result<Targets::Wanted> Actions::wantedBy(const Account &account, const Action &action,
                                          const Request &request, const api::Values &common) const
{
    const bool areRooms = action.filled.isRoom();
    Result<RowFilter> filter
        = areRooms ? RowFilter::ofRooms(request.where) : RowFilter::ofClients(request.where);
    if (!filter)
        return filter.error();
    if (filter->isEmpty())
        return wrong(u"is blank, and wants all; say so by `id`, which all have"_s, u"where"_s);
    Targets::Wanted wanted{.areRooms = areRooms, .room = request.room, .filter = *std::move(filter)};
    if (!areRooms) {
        // The room, and who may be there, are the same for all.
        if (auto reached = reachOf(m_parts, account, action.name, action.parameters, common); !reached)
            return reached.error();
    }
    if (action.filled.isOfParticipants)
        wanted.room = request.args.toObject()[u"roomId"].toString();
    const qsizetype place = placeOf(action.parameters, action.filled.name);
    if (request.dryRun && areRooms) {
        wanted.reach = [this, account, &action, common, place](const QString &id) {
            const auto reached
                = reachOf(m_parts, account, action.name, action.parameters, with(common, place, id));
            return reached ? *reached : 0;
        };
    }
    wanted.most = request.dryRun ? 0 : mostTargets();
    return wanted;
}

Reply Actions::wouldReach(const Targets::Found &found) const
{
    json::ObjectWriter out;
    out.boolean("dryRun"_L1, true);
    out.number("items"_L1, found.count);
    out.number("reaches"_L1, found.reached);
    out.value("first"_L1, found.first);
    out.number("most"_L1, mostTargets());
    return Reply{out.take()};
}

Result<void> Actions::runWhere(const Account &account, const Action &action, const Request &request,
                               const Done &done)
{
    const Result<api::Values> common = commonValues(account, action, request);
    if (!common)
        return common.error();
    const Result<Targets::Wanted> wanted = wantedBy(account, action, request, *common);
    if (!wanted)
        return wanted.error();
    if (request.dryRun) {
        return m_targets.find(account, *wanted,
                              [this, done](const Targets::Found &found) { done(wouldReach(found)); });
    }
    if (!request.expect)
        return wrong(u"is missing: with `where` it is how many a dry run has said"_s, u"expect"_s);
    if (isKnown(account, request, done))
        return {};
    const auto run = std::make_shared<Run>(Run{.key = Key(account.name, request.id),
                                               .account = account,
                                               .action = &action,
                                               .note = noteOf(account, request),
                                               .isSingle = false});
    if (*m_filtered >= MostFiltered) {
        settle(run->key,
               Error{ErrorCode::Unavailable,
                     u"%1 actions with a filter are being done, as many as may be"_s.arg(MostFiltered),
                     {},
                     std::chrono::seconds(1)});
        ++m_refused;
        return {};
    }
    ++*m_filtered;
    run->isStillWanted = [this, account, wanted = *wanted](const QString &target) {
        return m_targets.isStillWanted(account, wanted, target);
    };
    run->place = std::shared_ptr<const void>(&action, [filtered = m_filtered](const void *) { --*filtered; });
    const auto begun = m_targets.find(account, *wanted,
                                      [this, run, request, common = *common](const Targets::Found &found) {
                                          foundThem(run, found, request, common);
                                      });
    if (!begun) {
        ++m_refused;
        settle(run->key, begun.error());
    }
    return {};
}

void Actions::foundThem(const std::shared_ptr<Run> &run, const Targets::Found &found, const Request &request,
                        const api::Values &common)
{
    const auto refuse = [&](const Error &error) {
        ++m_refused;
        settle(run->key, error);
    };
    if (found.count > *request.expect) {
        return refuse(
            wrong(u"is %1, and now there are %2 that the filter wants; look again"_s.arg(*request.expect)
                      .arg(found.count),
                  u"expect"_s));
    }
    if (found.count > mostTargets()) {
        return refuse({ErrorCode::LimitReached,
                       u"wants %1, and one action is done to %2 at most (admin.maxTargets)"_s.arg(found.count)
                           .arg(mostTargets()),
                       u"where"_s});
    }
    run->note.insert(u"args"_s, request.args.toObject());
    run->note.insert(u"where"_s, request.where);
    if (!request.room.isEmpty())
        run->note.insert(u"room"_s, request.room);
    run->note.insert(u"count"_s, found.count);
    run->targets = found.ids;
    run->count = std::size_t(found.ids.size());
    run->valuesAt
        = [ids = found.ids, common, place = placeOf(run->action->parameters, run->action->filled.name)](
              std::size_t each) { return with(common, place, ids[qsizetype(each)]); };
    begin(run);
}

} // namespace dialogue::admin
