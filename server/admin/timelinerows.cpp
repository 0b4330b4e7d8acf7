#include "server/admin/timelinerows.h"

#include "server/admin/redaction.h"
#include "server/timeline/clienttimeline.h"
#include "server/timeline/judgement.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

QString kindOf(const TimelineEntry &entry)
{
    using Kind = TimelineEntry::Kind;
    switch (entry.kind) {
    case Kind::Connected:
        return u"connected"_s;
    case Kind::Followed:
        return u"joined"_s;
    case Kind::Subscribed:
        return u"subscribed"_s;
    case Kind::Left:
        return u"left"_s;
    case Kind::Missed:
        return u"missed"_s;
    case Kind::Refused:
        return u"refused"_s;
    case Kind::Disconnected:
        break;
    }
    return u"disconnected"_s;
}

QString kindOf(const FateSpan &span)
{
    using Kind = EventFate::Kind;
    switch (span.kind) {
    case Kind::Replaced:
        return u"replaced"_s;
    case Kind::Unsent:
        return u"unsent"_s;
    case Kind::Written:
        return u"written"_s;
    case Kind::Waits:
    case Kind::Dropped:
        break;
    }
    return u"dropped"_s;
}

QJsonObject jsonOf(const TimelineEntry &entry, bool seesPayloads)
{
    using Kind = TimelineEntry::Kind;
    QJsonObject json{{u"time"_s, entry.time}, {u"kind"_s, kindOf(entry)}};
    if (!entry.roomId.isEmpty())
        json.insert(u"room"_s, entry.roomId);
    if (entry.kind == Kind::Followed || entry.kind == Kind::Subscribed) {
        json.insert(u"after"_s, qint64(entry.offset));
        json.insert(u"subscriptions"_s, QJsonArray::fromStringList(entry.subscriptions));
    } else if (entry.kind == Kind::Left) {
        json.insert(u"to"_s, qint64(entry.offset));
    } else if (entry.kind == Kind::Missed) {
        json.insert(u"from"_s, qint64(entry.offset));
        json.insert(u"to"_s, qint64(entry.until));
    } else if (entry.kind == Kind::Disconnected) {
        json.insert(u"reason"_s, entry.reason);
    }
    if (entry.refused) {
        const RefusedRequest &refused = *entry.refused;
        json.insert(u"request"_s, refused.request);
        json.insert(u"code"_s, QString::fromLatin1(codeName(refused.code)));
        json.insert(u"times"_s, entry.times);
        if (!refused.path.isEmpty())
            json.insert(u"path"_s, refused.path);
        if (!refused.id.isEmpty())
            json.insert(u"id"_s, refused.id);
        if (seesPayloads)
            json.insert(u"message"_s, refused.message);
    }
    return json;
}

QJsonObject jsonOf(const FateSpan &span)
{
    QJsonObject json{{u"time"_s, span.time},
                     {u"kind"_s, kindOf(span)},
                     {u"room"_s, span.stream},
                     {u"from"_s, qint64(span.from)},
                     {u"to"_s, qint64(span.to)}};
    if (span.ahead > 0)
        json.insert(u"by"_s, qint64(span.to + span.ahead));
    return json;
}

} // namespace

bool isWithin(const ClientTimeline &timeline, const Account &account)
{
    return account.reachesAll() || std::ranges::any_of(timeline.entries(), [&](const TimelineEntry &entry) {
               // Where it was, and not what it asked for.
               return entry.kind == TimelineEntry::Kind::Followed && account.reaches(entry.roomId);
           });
}

QJsonObject rowOf(const ClientTimeline &timeline, const Account &account, const QByteArray &salt)
{
    const TimelineOwner &owner = timeline.owner();
    const bool seesUsers = account.may(Permission::SeeUsers);
    const auto shown = [&](const QString &text) { return seesUsers ? text : pseudonym(text, salt); };
    QJsonObject json{
        {u"id"_s, owner.clientId}, {u"userId"_s, shown(owner.userId)}, {u"since"_s, owner.since}};
    if (!owner.address.isEmpty())
        json.insert(u"address"_s, shown(owner.address));
    if (owner.until != 0)
        json.insert(u"until"_s, owner.until);
    if (timeline.forgottenUntil() != 0)
        json.insert(u"forgottenUntil"_s, timeline.forgottenUntil());
    const std::vector<TimelineEntry> &entries = timeline.entries();
    const auto last = std::find_if(entries.rbegin(), entries.rend(), [](const TimelineEntry &entry) {
        return entry.kind == TimelineEntry::Kind::Disconnected;
    });
    if (owner.until != 0 && last != entries.rend())
        json.insert(u"reason"_s, last->reason);
    return json;
}

QJsonArray entriesOf(const ClientTimeline &timeline, const SendRecordPtr &record, const Account &account)
{
    const bool seesPayloads = account.may(Permission::SeePayloads);
    std::vector<QJsonObject> rows;
    for (const TimelineEntry &entry : timeline.entries()) {
        if (entry.roomId.isEmpty() ? account.reachesAll() || !entry.refused : account.reaches(entry.roomId))
            rows.push_back(jsonOf(entry, seesPayloads));
    }
    for (const FateSpan &span : record ? record->spans : std::vector<FateSpan>()) {
        if (account.reaches(span.stream))
            rows.push_back(jsonOf(span));
    }
    std::ranges::stable_sort(rows, {}, [](const QJsonObject &row) { return row[u"time"_s].toInteger(); });
    QJsonArray all;
    for (const QJsonObject &row : rows)
        all.append(row);
    return all;
}

QJsonObject jsonOf(const Judgement &judgement, const Account &account)
{
    QJsonObject evidence = judgement.evidence;
    QString text = judgement.text;
    if (judgement.verdict == Verdict::Refused && !account.may(Permission::SeePayloads)) {
        evidence.remove(u"message"_s);
        text = u"%1 was refused"_s.arg(evidence[u"step"_s].toString());
    }
    return {{u"verdict"_s, QString(verdictName(judgement.verdict))},
            {u"text"_s, text},
            {u"evidence"_s, evidence}};
}

} // namespace dialogue::admin
