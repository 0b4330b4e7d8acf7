#include "server/admin/sanctionlist.h"

#include "server/admin/redaction.h"
#include "server/admin/sortedpage.h"
#include "server/rooms/hubparts.h"
#include "server/rules/sanctionnames.h"

#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

std::optional<qint64> endOf(const Sanction &sanction)
{
    return sanction.until ? std::optional(millisecondsOf(*sanction.until)) : std::nullopt;
}

QJsonObject rowOf(const Sanction &sanction, const QString &user, const QString &by)
{
    QJsonObject row{{u"kind"_s, nameOf(sanction.kind)},
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

class SanctionList final : public SlicedWork::Task
{
public:
    SanctionList(const HubParts &parts, Account account, Lists::Request request, SortedPage page,
                 QByteArray salt, Done done)
        : m_parts(parts)
        , m_account(std::move(account))
        , m_request(std::move(request))
        , m_page(std::move(page))
        , m_salt(std::move(salt))
        , m_done(std::move(done))
    { }

    int step() override
    {
        if (m_isOver)
            return 0;
        int visited = 0;
        m_parts.sanctions.forEachAfter(m_last, [&](const Sanction &each) {
            m_last = Sanctions::placeOf(each);
            if (m_parts.sanctions.holds(each) && isFor(m_account, each))
                offer(each);
            return ++visited < RowsInAStep;
        });
        if (visited == RowsInAStep)
            return visited;
        m_isOver = true;
        const bool hasMore = m_page.hasMore();
        const std::vector<SortKey> keys = m_page.take();
        QJsonArray rows;
        for (const SortKey &key : keys) {
            const Sanction &each = m_found[qsizetype(key.handle)];
            rows.append(rowOf(each, userOf(each), byOf(each)));
        }
        m_done(pageReply(m_page, rows, hasMore ? std::optional(keys.back()) : std::nullopt));
        return visited + 1;
    }

private:
    static constexpr int RowsInAStep = 64; ///< Each takes a pseudonym or two.

    void offer(const Sanction &each)
    {
        const auto wants
            = [this](const QString &text) { return text.contains(m_request.search, Qt::CaseInsensitive); };
        const QString user = userOf(each);
        const QString by = byOf(each);
        const bool isFound = m_request.search.isEmpty() || wants(user) || wants(by) || wants(each.roomId)
            || wants(each.reason);
        if (!isFound || (!m_request.room.isEmpty() && each.roomId != m_request.room))
            return;
        SortKey key{.id = user + u'\n' + nameOf(each.kind) + u'\n' + each.roomId,
                    .handle = quint64(m_found.size())};
        if (m_request.sort == u"roomId")
            key.text = each.roomId;
        else if (m_request.sort == u"kind")
            key.text = nameOf(each.kind);
        else if (m_request.sort == u"until")
            key.number = double(endOf(each).value_or(std::numeric_limits<qint64>::max()));
        else if (m_request.sort == u"by")
            key.text = by;
        else if (m_request.sort == u"since")
            key.number = double(millisecondsOf(each.since));
        m_found.append(each);
        m_page.offer(std::move(key));
    }
    [[nodiscard]] QString userOf(const Sanction &sanction) const
    {
        return m_account.may(Permission::SeeUsers) ? sanction.userId : pseudonym(sanction.userId, m_salt);
    }
    // A moderator is a user as others are.
    [[nodiscard]] QString byOf(const Sanction &sanction) const
    {
        constexpr auto User = "user:"_L1;
        return m_account.may(Permission::SeeUsers) || !sanction.by.startsWith(User)
            ? sanction.by
            : User + pseudonym(sanction.by.sliced(User.size()), m_salt);
    }

    const HubParts &m_parts;
    const Account m_account;
    const Lists::Request m_request;
    SortedPage m_page;
    const QByteArray m_salt;
    const Done m_done;
    std::optional<Sanctions::Place> m_last; ///< What was visited last.
    QList<Sanction> m_found;
    bool m_isOver = false;
};

} // namespace

Result<std::unique_ptr<SlicedWork::Task>> sanctionList(const HubParts &parts, const Account &account,
                                                       const Lists::Request &request, const QByteArray &salt,
                                                       Done done)
{
    Result<SortedPage> page
        = pageFor(request, {u"userId"_s, u"roomId"_s, u"kind"_s, u"until"_s, u"by"_s, u"since"_s});
    if (!page)
        return page.error();
    return std::unique_ptr<SlicedWork::Task>(
        new SanctionList(parts, account, request, *std::move(page), salt, std::move(done)));
}

} // namespace dialogue::admin
