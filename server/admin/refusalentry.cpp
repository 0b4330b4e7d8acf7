#include "server/admin/refusalentry.h"

#include "server/admin/redaction.h"

using namespace Qt::StringLiterals;

namespace dialogue::admin {

qint64 RefusalEntry::bytes() const
{
    const qsizetype characters = message.size() + path.size() + request.size() + room.size() + user.size()
        + address.size() + client.size();
    return qint64(sizeof(RefusalEntry)) + characters * qint64(sizeof(QChar));
}

bool RefusalScope::isFor(const RefusalEntry &entry, const Account &account) const
{
    if (!codes.isEmpty() && !codes.contains(entry.code))
        return false;
    if (entry.room.isEmpty())
        return account.reachesAll() && rooms.contains("*"_L1);
    return account.reaches(entry.room) && matches(rooms, entry.room);
}

bool RefusalScope::isFor(ErrorCode code, const Account &account) const
{
    return account.reachesAll() && (codes.isEmpty() || codes.contains(code));
}

bool says(const RefusalEntry &entry, const QString &text, const Account &account, const QByteArray &salt)
{
    const auto has = [&text](const QString &where) { return where.contains(text, Qt::CaseInsensitive); };
    if (has(entry.request) || has(entry.path) || has(entry.room) || has(entry.client)
        || has(QString::fromLatin1(codeName(entry.code))))
        return true;
    if (account.may(Permission::SeePayloads) && has(entry.message))
        return true;
    if (account.may(Permission::SeeUsers))
        return has(entry.user) || has(entry.address);
    // Pseudonyms are made for whole ones: nobody looks for a part.
    return (!entry.user.isEmpty() && pseudonym(entry.user, salt) == text)
        || (!entry.address.isEmpty() && pseudonym(entry.address, salt) == text);
}

QJsonObject rowOf(const RefusalEntry &entry, const Account &account, const QByteArray &salt)
{
    const bool seesUsers = account.may(Permission::SeeUsers);
    QJsonObject row{{u"number"_s, qint64(entry.number)},
                    {u"time"_s, entry.time},
                    {u"code"_s, QString::fromLatin1(codeName(entry.code))},
                    {u"request"_s, entry.request}};
    const auto add = [&](const QString &name, const QString &text) {
        if (!text.isEmpty())
            row.insert(name, text);
    };
    add(u"path"_s, entry.path);
    add(u"room"_s, entry.room);
    add(u"client"_s, entry.client);
    // Words may name whom they are about, and quote what was said.
    if (account.may(Permission::SeePayloads))
        add(u"message"_s, entry.message);
    const auto shown
        = [&](const QString &text) { return seesUsers || text.isEmpty() ? text : pseudonym(text, salt); };
    add(u"user"_s, shown(entry.user));
    add(u"address"_s, shown(entry.address));
    return row;
}

} // namespace dialogue::admin
