#include "cli/commands/roomtext.h"

#include "core/base/foreigntext.h"
#include "core/protocol/dialogue/presence.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

QString sizeText(const RoomInfo &room)
{
    return room.maxSize ? u"%1/%2"_s.arg(room.size).arg(*room.maxSize) : QString::number(room.size);
}

QByteArray roomsTable(const QList<RoomInfo> &rooms, const Style &style)
{
    if (rooms.isEmpty())
        return "no rooms\n";
    constexpr qsizetype columns = 3;
    QList<QStringList> rows{{u"ROOM"_s, u"IN IT"_s, u"NAME"_s, u"DESCRIPTION"_s}};
    for (const RoomInfo &room : rooms)
        rows.append({printable(room.id), sizeText(room), printable(room.name), printable(room.description)});
    QList<qsizetype> widths(columns);
    for (const QStringList &row : std::as_const(rows)) {
        for (qsizetype i = 0; i < columns; ++i)
            widths[i] = qMax(widths.at(i), row.at(i).size());
    }

    QString text;
    for (qsizetype r = 0; r < rows.size(); ++r) {
        QString line;
        for (qsizetype i = 0; i < columns; ++i)
            line += rows.at(r).at(i).leftJustified(widths.at(i) + 2);
        line += rows.at(r).constLast();
        while (line.endsWith(u' '))
            line.chop(1);
        text += (r == 0 ? style(Style::Bold, line) : line) + u'\n';
    }
    return text.toUtf8();
}

QJsonObject roomJson(const RoomInfo &room)
{
    QJsonObject object{{u"id"_s, room.id}, {u"name"_s, room.name}, {u"size"_s, room.size}};
    if (!room.description.isEmpty())
        object.insert(u"description"_s, room.description);
    if (room.maxSize)
        object.insert(u"maxSize"_s, *room.maxSize);
    if (!room.createdById.isEmpty())
        object.insert(u"createdById"_s, room.createdById);
    if (room.presence != Presence::Off)
        object.insert(u"presence"_s, protocol::presenceName(room.presence));
    return object;
}

QByteArray roomsJson(const QList<RoomInfo> &rooms)
{
    QByteArray lines;
    for (const RoomInfo &room : rooms)
        lines += printable(QString::fromUtf8(QJsonDocument(roomJson(room)).toJson(QJsonDocument::Compact)))
                     .toUtf8()
            + '\n';
    return lines;
}

} // namespace dialogue::cli
