#include "console/acting/actionspec.h"

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QList<QJsonObject> targetsOf(const QString &member, const QStringList &values,
                             const QJsonObject &besides = {})
{
    QList<QJsonObject> targets;
    for (const QString &value : values) {
        QJsonObject target = besides;
        target.insert(member, value);
        targets.append(target);
    }
    return targets;
}

QStringList idsOf(const QList<ActionCatalogue::Client> &clients)
{
    QStringList ids;
    for (const ActionCatalogue::Client &each : clients)
        ids.append(each.id);
    return ids;
}

QStringList namesOf(const QList<ActionCatalogue::Client> &clients)
{
    QStringList names;
    for (const ActionCatalogue::Client &each : clients)
        names.append(each.name);
    return names;
}

} // namespace

ActionSpec ActionCatalogue::disconnectClients(const QList<Client> &clients)
{
    return {.action = u"disconnectClient"_s,
            .title = tr("Disconnect clients"),
            .verb = tr("Disconnect"),
            .sentence = tr("%n connection(s) will be closed. Clients may connect again at once.", nullptr,
                           int(clients.size())),
            .targets = targetsOf(u"clientId"_s, idsOf(clients)),
            .targetNames = namesOf(clients),
            .isSevere = true};
}

ActionSpec ActionCatalogue::kick(const QString &room, const QList<Client> &clients)
{
    return {.action = u"removeParticipant"_s,
            .title = tr("Remove from the room %1").arg(room),
            .verb = tr("Remove"),
            .sentence
            = tr("%n client(s) will leave the room, and stay connected. Who is to stay out is banned.",
                 nullptr, int(clients.size())),
            .targets = targetsOf(u"clientId"_s, idsOf(clients), {{u"roomId"_s, room}}),
            .targetNames = namesOf(clients),
            .isSevere = true};
}

ActionSpec ActionCatalogue::join(const QList<Client> &clients)
{
    return {.action = u"addParticipant"_s,
            .title = tr("Have clients join a room"),
            .verb = tr("Join"),
            .sentence = tr("%n client(s) will join, if the hooks of the application let them.", nullptr,
                           int(clients.size())),
            .fields = {{.name = u"roomId"_s, .label = tr("Room"), .isRequired = true}},
            .targets = targetsOf(u"clientId"_s, idsOf(clients)),
            .targetNames = namesOf(clients)};
}

ActionSpec ActionCatalogue::disconnectUsers(const QStringList &users)
{
    return {.action = u"disconnectUser"_s,
            .title = tr("Disconnect users"),
            .verb = tr("Disconnect"),
            .sentence = tr("All connections of %n user(s) will be closed.", nullptr, int(users.size())),
            .targets = targetsOf(u"userId"_s, users),
            .targetNames = users,
            .isSevere = true};
}

namespace {

ActionSpec sanctionOf(ActionSpec spec, const QStringList &users, const QString &room)
{
    spec.fields
        = {{.name = u"duration"_s, .label = ActionCatalogue::tr("For"), .kind = ActionField::Kind::Duration},
           {.name = u"roomId"_s,
            .label = ActionCatalogue::tr("In the room"),
            .value = room,
            .hint = ActionCatalogue::tr("everywhere")},
           {.name = u"reason"_s,
            .label = ActionCatalogue::tr("Told to the user"),
            .hint = ActionCatalogue::tr("nothing")}};
    spec.targets = targetsOf(u"userId"_s, users);
    spec.targetNames = users;
    spec.isSevere = true;
    return spec;
}

ActionSpec liftingOf(const QString &action, const QString &title)
{
    return {.action = action,
            .title = title,
            .verb = ActionCatalogue::tr("Lift"),
            .sentence = ActionCatalogue::tr("It ends before its time is over."),
            .fields = {{.name = u"userId"_s, .label = ActionCatalogue::tr("User"), .isRequired = true},
                       {.name = u"roomId"_s,
                        .label = ActionCatalogue::tr("In the room"),
                        .hint = ActionCatalogue::tr("everywhere")}},
            .targets = {{}}};
}

QList<ActionField> messageFields()
{
    return {{.name = u"event"_s, .label = ActionCatalogue::tr("Event"), .isRequired = true},
            {.name = u"data"_s,
             .label = ActionCatalogue::tr("Data (JSON)"),
             .kind = ActionField::Kind::Json,
             .hint = ActionCatalogue::tr("no argument")}};
}

} // namespace

ActionSpec ActionCatalogue::ban(const QStringList &users, const QString &room)
{
    return sanctionOf({.action = u"banUser"_s,
                       .title = tr("Ban users"),
                       .verb = tr("Ban"),
                       .sentence = tr("%n user(s) will be kept out, and what they have there ends.", nullptr,
                                      int(users.size()))},
                      users, room);
}

ActionSpec ActionCatalogue::mute(const QStringList &users, const QString &room)
{
    return sanctionOf({.action = u"muteUser"_s,
                       .title = tr("Mute users"),
                       .verb = tr("Mute"),
                       .sentence = tr("%n user(s) will hear, and say nothing.", nullptr, int(users.size()))},
                      users, room);
}

ActionSpec ActionCatalogue::liftBan() { return liftingOf(u"liftBan"_s, tr("Lift a ban")); }

ActionSpec ActionCatalogue::liftMute() { return liftingOf(u"liftMute"_s, tr("Lift a mute")); }

ActionSpec ActionCatalogue::lift(const QString &action, const QList<Sanction> &sanctions)
{
    const bool areBans = action == u"liftBan";
    ActionSpec spec{.action = action,
                    .title = areBans ? tr("Lift bans") : tr("Lift mutes"),
                    .verb = tr("Lift"),
                    .sentence = areBans
                        ? tr("%n ban(s) will end before the time is over.", nullptr, int(sanctions.size()))
                        : tr("%n mute(s) will end before the time is over.", nullptr, int(sanctions.size()))};
    for (const Sanction &each : sanctions) {
        QJsonObject target{{u"userId"_s, each.user}};
        if (!each.room.isEmpty())
            target.insert(u"roomId"_s, each.room);
        spec.targets.append(target);
        spec.targetNames.append(each.name);
    }
    return spec;
}

ActionSpec ActionCatalogue::sendToUsers(const QStringList &users)
{
    return {.action = u"sendToUser"_s,
            .title = tr("Send a Socket.IO event to users"),
            .verb = tr("Send"),
            .sentence = tr("All connections of %n user(s) get it, whatever rooms they are in.", nullptr,
                           int(users.size())),
            .fields = messageFields(),
            .targets = targetsOf(u"userId"_s, users),
            .targetNames = users};
}

ActionSpec ActionCatalogue::createRoom()
{
    return {.action = u"createRoom"_s,
            .title = tr("Create a room"),
            .verb = tr("Create"),
            .fields = {{.name = u"id"_s, .label = tr("Id"), .hint = tr("the server makes one")},
                       {.name = u"name"_s, .label = tr("Name"), .isRequired = true},
                       {.name = u"description"_s, .label = tr("Description")},
                       {.name = u"maxSize"_s,
                        .label = tr("Participants at most"),
                        .kind = ActionField::Kind::Number,
                        .hint = tr("as many as come")}},
            .targets = {{}}};
}

ActionSpec ActionCatalogue::updateRoom(const QString &id, const QString &name, const QString &description,
                                       int maxSize)
{
    return {.action = u"updateRoom"_s,
            .title = tr("Change the room %1").arg(id),
            .verb = tr("Change"),
            .fields = {{.name = u"name"_s, .label = tr("Name"), .value = name},
                       {.name = u"description"_s, .label = tr("Description"), .value = description},
                       {.name = u"maxSize"_s,
                        .label = tr("Participants at most"),
                        .kind = ActionField::Kind::Number,
                        .value = maxSize > 0 ? QString::number(maxSize) : QString(),
                        .hint = tr("as it is")}},
            .targets = targetsOf(u"roomId"_s, {id}),
            .targetNames = {id}};
}

ActionSpec ActionCatalogue::deleteRooms(const QStringList &ids)
{
    return {.action = u"deleteRoom"_s,
            .title = tr("Delete rooms"),
            .verb = tr("Delete"),
            .sentence = tr("%n room(s) will be gone with their history; who is in them leaves. "
                           "This cannot be undone.",
                           nullptr, int(ids.size())),
            .targets = targetsOf(u"roomId"_s, ids),
            .targetNames = ids,
            .isSevere = true};
}

ActionSpec ActionCatalogue::broadcastToRooms(const QStringList &ids)
{
    return {.action = u"broadcastToRoom"_s,
            .title = tr("Broadcast a Socket.IO event"),
            .verb = tr("Broadcast"),
            .sentence = tr("All who are in %n room(s) get it, besides what the rooms declare and keep.",
                           nullptr, int(ids.size())),
            .fields = messageFields(),
            .targets = targetsOf(u"roomId"_s, ids),
            .targetNames = ids};
}

ActionSpec ActionCatalogue::broadcast()
{
    return {.action = u"broadcast"_s,
            .title = tr("Broadcast a Socket.IO event to all"),
            .verb = tr("Broadcast"),
            .sentence = tr("Every client of this server gets it."),
            .fields = messageFields(),
            .targets = {{}},
            .isSevere = true};
}

ActionSpec ActionCatalogue::drain()
{
    return {.action = u"drain"_s,
            .title = tr("Stop the server"),
            .verb = tr("Stop"),
            .sentence = tr("It takes no new clients, lets those that are there go elsewhere, and ends. "
                           "This console will lose it."),
            .targets = {{}},
            .isSevere = true};
}

} // namespace dialogue::console
