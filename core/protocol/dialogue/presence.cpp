#include "core/protocol/dialogue/presence.h"

#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"
#include "core/protocol/dialogue/requests.h"

#include <limits>

namespace dialogue::protocol {

namespace {

constexpr int MostConnections = std::numeric_limits<int>::max();

PresenceCounts countsIn(Reader &in)
{
    return {.users = static_cast<int>(in.integer(keys::users, 0, MostConnections)),
            .connections = static_cast<int>(in.integer(keys::connections, 0, MostConnections))};
}

QList<PresentUser> usersIn(Reader &in, QLatin1String key)
{
    const QJsonArray array = in.array(key);
    QList<PresentUser> users;
    users.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i)
        users.append(in.take(PresentUser::fromJson(array.at(i), elementPath(key, i))));
    return users;
}

} // namespace

QString presenceName(Presence presence)
{
    switch (presence) {
    case Presence::Off:
        break;
    case Presence::Counts:
        return QStringLiteral("counts");
    case Presence::Users:
        return QStringLiteral("users");
    }
    return {};
}

Presence presenceOf(const QString &name)
{
    for (const Presence presence : {Presence::Counts, Presence::Users}) {
        if (name == presenceName(presence))
            return presence;
    }
    return Presence::Off;
}

QJsonObject GetParticipants::toJson() const
{
    QJsonObject json{{keys::roomId, roomId}};
    if (!after.isEmpty())
        json.insert(keys::after, after);
    if (limit)
        json.insert(keys::limit, *limit);
    if (!watch)
        json.insert(keys::watch, false);
    return json;
}

Result<GetParticipants> GetParticipants::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    GetParticipants request{.roomId = in.id(keys::roomId, {.least = 1, .most = MaxNameLength})};
    request.after = in.optionalString(keys::after, {.most = MaxUserIdLength});
    request.limit = in.optionalInt(keys::limit, 1);
    request.watch = in.optionalBool(keys::watch).value_or(request.watch);
    return in.finish(std::move(request));
}

QByteArray PresentUser::toText() const
{
    json::ObjectWriter out(32 + userId.size());
    out.string(keys::userId, userId);
    out.number(keys::connections, connections);
    return out.take();
}

Result<PresentUser> PresentUser::fromJson(const QJsonValue &json, const QString &path)
{
    Reader in(json, path);
    PresentUser user{.userId = in.string(keys::userId, {.least = 1})};
    user.connections = static_cast<int>(in.integer(keys::connections, 0, MostConnections));
    return in.finish(std::move(user));
}

Result<ParticipantsPage> ParticipantsPage::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    ParticipantsPage page{.roomId = in.string(keys::roomId)};
    page.rev = static_cast<quint64>(in.integer(keys::rev, 0, MaxSafeInteger));
    page.counts = countsIn(in);
    if (in.has(keys::participants))
        page.users = usersIn(in, keys::participants);
    page.next = in.optionalString(keys::next);
    return in.finish(std::move(page));
}

Result<PresenceNotice> PresenceNotice::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    PresenceNotice notice{.roomId = in.string(keys::roomId)};
    notice.rev = static_cast<quint64>(in.integer(keys::rev, 0, MaxSafeInteger));
    if (in.has(keys::users))
        notice.counts = countsIn(in);
    if (in.has(keys::changes))
        notice.changes = usersIn(in, keys::changes);
    return in.finish(std::move(notice));
}

} // namespace dialogue::protocol
