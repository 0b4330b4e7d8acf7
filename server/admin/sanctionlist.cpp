#include "server/admin/sanctionlist.h"

#include "server/admin/redaction.h"
#include "server/admin/sortedpage.h"
#include "server/rooms/hubparts.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

QString kindOf(const Sanction &sanction) { return sanction.kind == SanctionKind::Ban ? u"ban"_s : u"mute"_s; }

qint64 millisecondsOf(std::chrono::system_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::optional<qint64> endOf(const Sanction &sanction)
{
    return sanction.until ? std::optional(millisecondsOf(*sanction.until)) : std::nullopt;
}

QJsonObject rowOf(const Sanction &sanction, const QString &user, const QString &by)
{
    QJsonObject row{{u"kind"_s, kindOf(sanction)},
                    {u"userId"_s, user},
                    {u"by"_s, by},
                    {u"since"_s, millisecondsOf(sanction.since)}};
    if (!sanction.roomId.isEmpty())
        row.insert(u"roomId"_s, sanction.roomId);
    if (const auto end = endOf(sanction))
        row.insert(u"until"_s, *end);
    if (!sanction.reason.isEmpty())
        row.insert(u"reason"_s, sanction.reason);
    return row;
}

bool isFor(const Account &account, const Sanction &sanction)
{
    return sanction.roomId.isEmpty() ? account.reachesAll() : account.reaches(sanction.roomId);
}

} // namespace

Result<Reply> sanctionPage(const HubParts &parts, const Account &account, const Lists::Request &request,
                           const QByteArray &salt)
{
    Result<SortedPage> page
        = pageFor(request, {u"userId"_s, u"roomId"_s, u"kind"_s, u"until"_s, u"by"_s, u"since"_s});
    if (!page)
        return page.error();
    const QList<Sanction> all = parts.sanctions.all();
    const auto userOf = [&](const Sanction &sanction) {
        return account.may(Permission::SeeUsers) ? sanction.userId : pseudonym(sanction.userId, salt);
    };
    // A moderator is a user as others are.
    const auto byOf = [&](const Sanction &sanction) {
        constexpr auto User = "user:"_L1;
        return account.may(Permission::SeeUsers) || !sanction.by.startsWith(User)
            ? sanction.by
            : User + pseudonym(sanction.by.sliced(User.size()), salt);
    };
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Sanction &each = all[i];
        const QString user = userOf(each);
        const QString by = byOf(each);
        const bool isFound = request.search.isEmpty() || user.contains(request.search, Qt::CaseInsensitive)
            || by.contains(request.search, Qt::CaseInsensitive)
            || each.roomId.contains(request.search, Qt::CaseInsensitive)
            || each.reason.contains(request.search, Qt::CaseInsensitive);
        if (!isFor(account, each) || !isFound || (!request.room.isEmpty() && each.roomId != request.room))
            continue;
        SortKey key{.id = user + u'\n' + kindOf(each) + u'\n' + each.roomId, .handle = quint64(i)};
        if (request.sort == u"roomId")
            key.text = each.roomId;
        else if (request.sort == u"kind")
            key.text = kindOf(each);
        else if (request.sort == u"until")
            key.number = double(endOf(each).value_or(std::numeric_limits<qint64>::max()));
        else if (request.sort == u"by")
            key.text = by;
        else if (request.sort == u"since")
            key.number = double(millisecondsOf(each.since));
        page->offer(std::move(key));
    }
    const bool hasMore = page->hasMore();
    const std::vector<SortKey> keys = page->take();
    QJsonArray rows;
    for (const SortKey &key : keys) {
        const Sanction &each = all[qsizetype(key.handle)];
        rows.append(rowOf(each, userOf(each), byOf(each)));
    }
    return pageReply(*page, rows, hasMore ? std::optional(keys.back()) : std::nullopt);
}

} // namespace dialogue::admin
