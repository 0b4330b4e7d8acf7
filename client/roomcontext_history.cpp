#include "client/roomcontext_p.h"
#include "core/json/exact.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/exactdata.h"
#include "core/protocol/dialogue/names.h"
#include "core/protocol/dialogue/requests.h"

// What a room keeps, asked for by pages or by offsets.
namespace dialogue {

using namespace client;
namespace names = protocol::names;

namespace {

using protocol::GetHistory;

constexpr quint64 LargestOffset = (quint64(1) << 53) - 1; // what JSON numbers hold without loss

bool isSameQuestion(const GetHistory &request, const QJsonObject &reply)
{
    return reply.value(u"roomId").toString() == request.roomId
        && reply.value(u"eventName").toString() == request.eventName;
}

/** The server may cut what was asked for, and says how far it went. */
bool isWithin(const protocol::OffsetRange &asked, const QJsonObject &reply)
{
    return reply.contains(u"from") && reply.value(u"from").toDouble() >= static_cast<double>(asked.from)
        && reply.value(u"to").toDouble() <= static_cast<double>(asked.to);
}

bool isAnswer(const GetHistory &request, const QJsonObject &reply)
{
    if (!isSameQuestion(request, reply))
        return false;
    if (request.offsets)
        return isWithin(*request.offsets, reply);
    return reply.contains(u"start") && reply.value(u"start").toInt() == request.start;
}

Result<HistoryPage> readPage(const Reply &answer)
{
    if (!answer.payload[u"events"].isArray())
        return Error{
            ErrorCode::InvalidRequest,
            QStringLiteral("The server acknowledged the question and sent no history that answers it; "
                           "one that knows no offsets does so")};
    const auto response = protocol::HistoryResponse::fromJson(answer.payload);
    if (!response)
        return response.error();
    auto events = protocol::eventMessagesFromJson(response->events.toArray(), answer.attachments);
    if (!events)
        return events.error();
    protocol::takeDataAsWritten(*events,
                                json::memberText(answer.payload.ownText(), QLatin1StringView("events")));
    HistoryPage page{.events = *std::move(events)};
    if (response->offsets) {
        page.from = response->offsets->from;
        page.to = response->offsets->to;
        page.more = response->more;
    }
    return page;
}

Result<GetHistory> requestFor(const QString &roomId, const HistoryStretch &stretch)
{
    if (stretch.from == 0 || stretch.to < stretch.from || stretch.from > LargestOffset) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("The offsets %1 to %2 are no stretch of a log; they count from 1")
                         .arg(stretch.from)
                         .arg(stretch.to)};
    }
    GetHistory request{
        .roomId = roomId,
        .eventName = stretch.event,
        .offsets = protocol::OffsetRange{.from = stretch.from, .to = std::min(stretch.to, LargestOffset)}};
    if (!stretch.fromTime.isValid() && !stretch.toTime.isValid())
        return request;
    protocol::TimeRange times;
    if (stretch.fromTime.isValid())
        times.from = std::max<qint64>(0, stretch.fromTime.toMSecsSinceEpoch());
    if (stretch.toTime.isValid())
        times.to = std::max<qint64>(0, stretch.toTime.toMSecsSinceEpoch());
    if (times.to < times.from) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("A stretch ends at its beginning or later, not from %1 to %2")
                         .arg(stretch.fromTime.toString(Qt::ISODateWithMs),
                              stretch.toTime.toString(Qt::ISODateWithMs))};
    }
    request.times = times;
    return request;
}

} // namespace

void RoomContextPrivate::askHistory(const GetHistory &request, std::function<void(Result<HistoryPage>)> done)
{
    if (!client)
        return eventually(q, [done = std::move(done)] {
            done(Error{ErrorCode::NotInRoom, QStringLiteral("The room was left")});
        });
    client->ask({.event = names::getHistory,
                 .payload = request.toJson(),
                 .roomId = roomId,
                 .fromInside = true,
                 .repeatable = true,
                 .replyEvent = names::historyResponse,
                 .isReply = [request](const QJsonObject &reply) { return isAnswer(request, reply); },
                 .done = [done = std::move(done)](
                             const Result<Reply> &answer) { done(answer.and_then(&readPage)); }});
}

QFuture<Result<QList<EventMessage>>> RoomContext::getHistory(const HistoryQuery &query)
{
    const Promise<QList<EventMessage>> promise;
    d->askHistory({.roomId = d->roomId, .eventName = query.event, .start = query.start, .end = query.end},
                  [promise](const Result<HistoryPage> &page) {
                      promise.finish(page.transform([](const HistoryPage &found) { return found.events; }));
                  });
    return promise.future();
}

QFuture<Result<HistoryPage>> RoomContext::getHistoryBetween(quint64 from, quint64 to, const QString &event)
{
    return getHistoryBetween({.from = from, .to = to, .event = event});
}

QFuture<Result<HistoryPage>> RoomContext::getHistoryBetween(const HistoryStretch &stretch)
{
    const Promise<HistoryPage> promise;
    const Result<GetHistory> request = requestFor(d->roomId, stretch);
    if (!request) {
        promise.finishLater(this, request.error());
        return promise.future();
    }
    d->askHistory(*request, [promise, from = stretch.from](Result<HistoryPage> page) {
        // One that says no more than that there is more covers what it brought.
        if (page && page->more && page->from <= from && !page->events.isEmpty())
            page->from = std::max(from, page->events.constLast().offset);
        promise.finish(std::move(page));
    });
    return promise.future();
}

} // namespace dialogue
