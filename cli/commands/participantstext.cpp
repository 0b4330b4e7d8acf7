#include "cli/commands/participantstext.h"

#include "cli/commands/roomtext.h"
#include "core/base/foreigntext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

QByteArray participantsText(const WhoIsIn &found)
{
    const RoomInfo &room = found.room;
    QString text = u"%1: %2 %3"_s.arg(printable(room.id))
                       .arg(room.size)
                       .arg(room.size == 1 ? u"participant"_s : u"participants"_s);
    if (room.maxSize)
        text += u" of at most %1"_s.arg(*room.maxSize);
    if (found.users)
        text += u", %1 %2"_s.arg(*found.users).arg(*found.users == 1 ? u"user"_s : u"users"_s);
    text += u'\n';
    for (const Participant &each : found.participants) {
        text += u"  "_s + printable(each.userId);
        if (each.connections > 1)
            text += u" (%1 connections)"_s.arg(each.connections);
        text += u'\n';
    }
    return text.toUtf8();
}

QByteArray participantsJson(const WhoIsIn &found)
{
    QJsonObject object = roomJson(found.room);
    if (found.users)
        object.insert(u"users"_s, *found.users);
    if (found.room.presence == Presence::Users) {
        QJsonArray participants;
        for (const Participant &each : found.participants)
            participants.append(
                QJsonObject{{u"userId"_s, each.userId}, {u"connections"_s, each.connections}});
        object.insert(u"participants"_s, participants);
    }
    return printable(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact))).toUtf8() + '\n';
}

} // namespace dialogue::cli
