#include "server/admin/rows.h"

#include "server/admin/redaction.h"
#include "server/config/document.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

/** Of a handshake what says nothing that its bearer would keep for himself. */
constexpr std::array HeadersShown{"User-Agent", "Origin", "Host", "Accept-Language", "X-Forwarded-For"};
constexpr qsizetype LongestHeader = 256;

QString textOf(SlowReaderPolicy policy)
{
    switch (policy) {
    case SlowReaderPolicy::Disconnect:
        return u"disconnect"_s;
    case SlowReaderPolicy::DropOldest:
        return u"dropOldest"_s;
    case SlowReaderPolicy::KeepLatest:
        break;
    }
    return u"keepLatest"_s;
}

QJsonObject jsonOf(const EventDefinition &event)
{
    QJsonObject json{{u"name"_s, event.name}};
    if (!event.description.isEmpty())
        json.insert(u"description"_s, event.description);
    if (!event.schema.isEmpty())
        json.insert(u"schema"_s, event.schema.toJson());
    if (event.ephemeral)
        json.insert(u"ephemeral"_s, true);
    if (event.history.enabled)
        json.insert(u"history"_s, event.history.limit);
    return json;
}

} // namespace

QJsonObject rowOf(const Room &room)
{
    const RoomPrivate &inside = RoomPrivate::of(room);
    QJsonObject json{{u"id"_s, inside.id},
                     {u"name"_s, room.name()},
                     {u"size"_s, qint64(inside.size())},
                     {u"offset"_s, qint64(room.offset())},
                     {u"keptBytes"_s, inside.log().bytes()},
                     {u"declared"_s, inside.createdById.isEmpty()}};
    if (inside.declared().maxSize)
        json.insert(u"maxSize"_s, *inside.declared().maxSize);
    if (const RoomMeter *const meter = inside.meter()) {
        json.insert(u"dropped"_s, qint64(meter->losses()->dropped));
        json.insert(u"replaced"_s, qint64(meter->losses()->replaced));
    }
    return json;
}

QJsonObject detailsOf(const Room &room)
{
    const RoomPrivate &inside = RoomPrivate::of(room);
    const RoomConfig config = room.config();
    QJsonObject json = rowOf(room);
    json.insert(u"description"_s, config.description);
    json.insert(u"epoch"_s, QString::fromLatin1(room.epoch()));
    json.insert(u"isFull"_s, room.isFull());
    json.insert(u"slowReader"_s, textOf(config.slowReader));
    json.insert(u"syncHistoryOnJoin"_s, config.syncHistoryOnJoin);
    json.insert(u"defaultSubscriptions"_s, QJsonArray::fromStringList(config.defaultSubscriptions));
    json.insert(u"completeAfter"_s, qint64(inside.completeAfter(u"*"_s)));
    QJsonArray events;
    for (const EventDefinition &event : config.events)
        events.append(jsonOf(event));
    json.insert(u"events"_s, events);
    json.insert(u"isOpen"_s, config.isOpen());
    return json;
}

bool isWithin(const ConnectedClient &client, const Account &account)
{
    if (account.reachesAll())
        return true;
    const QStringList rooms = client.rooms();
    return std::any_of(rooms.begin(), rooms.end(),
                       [&](const QString &room) { return account.reaches(room); });
}

QJsonObject rowOf(const ConnectedClient &client, const Account &account, const QByteArray &salt)
{
    const HandshakeInfo &handshake = client.handshake();
    const bool seesUsers = account.may(Permission::SeeUsers);
    const auto shown = [&](const QString &text) { return seesUsers ? text : pseudonym(text, salt); };
    QStringList rooms = client.rooms();
    rooms.removeIf([&](const QString &room) { return !account.reaches(room); });
    QJsonObject json{{u"id"_s, client.id()},
                     {u"userId"_s, shown(client.userId())},
                     {u"verified"_s, client.isVerified()},
                     {u"rooms"_s, qint64(rooms.size())},
                     {u"transport"_s, QString::fromLatin1(handshake.transport)},
                     {u"secure"_s, handshake.secure}};
    if (!handshake.address.isNull())
        json.insert(u"address"_s, shown(handshake.address.toString()));
    if (client.isRecovered())
        json.insert(u"recovered"_s, true);
    return json;
}

QJsonObject withFigures(QJsonObject row, const SocketFigures &figures)
{
    // As it is now, which may be another than it came in by.
    if (!figures.transport.isEmpty())
        row.insert(u"transport"_s, QString::fromLatin1(figures.transport));
    row.insert(u"queuedBytes"_s, figures.queuedBytes);
    if (figures.roundTrip)
        row.insert(u"roundTrip"_s, double(figures.roundTrip->count()) / 1000);
    return row;
}

QJsonObject detailsOf(const ConnectedClient &client, const Account &account, const QByteArray &salt)
{
    QJsonObject json = rowOf(client, account, salt);
    QJsonArray rooms;
    const QStringList all = client.rooms();
    for (const QString &room : all) {
        if (account.reaches(room)) {
            rooms.append(
                QJsonObject{{u"id"_s, room},
                            {u"subscriptions"_s, QJsonArray::fromStringList(client.subscriptions(room))}});
        }
    }
    json.insert(u"rooms"_s, rooms);
    json.insert(u"roles"_s, QJsonArray::fromStringList(client.roles()));
    if (!account.may(Permission::SeeUsers))
        return json;
    QJsonObject headers;
    for (const char *const name : HeadersShown) {
        const QByteArray value = client.handshake().headers.value(name);
        if (!value.isEmpty())
            headers.insert(QString::fromLatin1(name), QString::fromUtf8(value.left(LongestHeader)));
    }
    json.insert(u"headers"_s, headers);
    if (account.may(Permission::SeePayloads))
        json.insert(u"meta"_s, client.meta());
    return json;
}

} // namespace dialogue::admin
