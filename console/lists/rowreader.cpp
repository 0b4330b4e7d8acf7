#include "console/lists/rowreader.h"

#include "console/look/wording.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QString outcomeOf(const QJsonObject &json)
{
    if (!json[u"ended"_s].toBool())
        return {};
    if (const QString error = json[u"error"_s].toString(); !error.isEmpty())
        return cellText(error);
    const int failed = json[u"failed"_s].toInt();
    if (failed > 0)
        return QCoreApplication::translate("AuditModel", "%n failed", nullptr, failed);
    return QCoreApplication::translate("AuditModel", "Done");
}

QString aboutOf(const QJsonObject &json)
{
    const QJsonValue each = json[u"each"_s];
    const QJsonObject args = json[u"args"_s].toObject();
    if (each.isArray())
        return cellText(QString::fromUtf8(QJsonDocument(each.toArray()).toJson(QJsonDocument::Compact)));
    return args.isEmpty() ? QString()
                          : cellText(QString::fromUtf8(QJsonDocument(args).toJson(QJsonDocument::Compact)));
}

/** Of `admin:olga`, `user:mia` or `application`; what is none of these as it is. */
QString imposerOf(const QString &by)
{
    if (by == u"application")
        return QCoreApplication::translate("SanctionModel", "The application");
    if (by.startsWith(u"admin:"))
        return cellText(QCoreApplication::translate("SanctionModel", "%1 (account)").arg(by.sliced(6)));
    return cellText(by.startsWith(u"user:") ? by.sliced(5) : by);
}

} // namespace

QString cellText(const QString &text) { return foreignText(text, LongestCell); }

QString cellText(const QJsonArray &texts)
{
    QStringList all;
    for (const QJsonValue &each : texts)
        all.append(each.toString());
    return all.isEmpty() ? u"–"_s : cellText(all.join(u", "_s));
}

RoomRow roomRowOf(const QJsonObject &json)
{
    return {.id = json[u"id"_s].toString(),
            .name = cellText(json[u"name"_s].toString()),
            .size = json[u"size"_s].toInt(),
            .maxSize = json[u"maxSize"_s].toInt(),
            .eventsPerSecond = json[u"eventsPerSecond"_s].toDouble(),
            .dropped = json[u"dropped"_s].toInteger(),
            .replaced = json[u"replaced"_s].toInteger(),
            .lastOffset = json[u"offset"_s].toInteger(),
            .keptBytes = json[u"keptBytes"_s].toInteger(),
            .isDeclared = json[u"declared"_s].toBool()};
}

ClientRow clientRowOf(const QJsonObject &json)
{
    return {.id = json[u"id"_s].toString(),
            .user = cellText(json[u"userId"_s].toString()),
            .isVerified = json[u"verified"_s].toBool(),
            .address = cellText(json[u"address"_s].toString()),
            .transport = cellText(json[u"transport"_s].toString()),
            .isSecure = json[u"secure"_s].toBool(),
            .rooms = json[u"rooms"_s].toInt(),
            .roundTrip = json[u"roundTrip"_s].toDouble(-1),
            .queueBytes = json[u"queuedBytes"_s].toInteger(),
            .isRecovered = json[u"recovered"_s].toBool(),
            .left = json[u"until"_s].toInteger(),
            .reason = cellText(json[u"reason"_s].toString())};
}

AuditRow auditRowOf(const QJsonObject &json)
{
    const qint64 number = json[u"number"_s].toInteger();
    return {.id = QString::number(number),
            .number = number,
            .time = json[u"time"_s].toInteger(),
            .account = cellText(json[u"account"_s].toString()),
            .address = cellText(json[u"address"_s].toString()),
            .action = cellText(json[u"action"_s].toString()),
            .about = aboutOf(json),
            .reason = cellText(json[u"reason"_s].toString()),
            .outcome = outcomeOf(json),
            .request = cellText(json[u"id"_s].toString())};
}

SanctionRow sanctionRowOf(const QJsonObject &json)
{
    const QString kind = json[u"kind"_s].toString();
    const QString user = json[u"userId"_s].toString();
    const QString room = json[u"roomId"_s].toString();
    const bool isBan = kind == u"ban";
    return {.id = kind + u'\n' + user + u'\n' + room,
            .userId = user,
            .roomId = room,
            .isBan = isBan,
            .user = cellText(user),
            .kind = isBan ? QCoreApplication::translate("SanctionModel", "Ban")
                          : QCoreApplication::translate("SanctionModel", "Mute"),
            .room
            = room.isEmpty() ? QCoreApplication::translate("SanctionModel", "everywhere") : cellText(room),
            .until = json[u"until"_s].toInteger(),
            .by = imposerOf(json[u"by"_s].toString()),
            .since = json[u"since"_s].toInteger(),
            .reason = cellText(json[u"reason"_s].toString())};
}

} // namespace dialogue::console
