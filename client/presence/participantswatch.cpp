#include "client/presence/participantswatch.h"

#include "client/roomcontext_p.h"
#include "core/protocol/dialogue/names.h"

#include <QRandomGenerator>

#include <utility>

namespace dialogue::client {

namespace names = protocol::names;

namespace {

/** Where many miss the same, they do not all ask at once. */
constexpr int SpreadMs = 500;
constexpr std::chrono::milliseconds Retry{1000};

std::chrono::milliseconds spread()
{
    return std::chrono::milliseconds(QRandomGenerator::global()->bounded(SpreadMs));
}

bool isForNow(ErrorCode code)
{
    return code == ErrorCode::RateLimited || code == ErrorCode::LimitReached || code == ErrorCode::Unavailable
        || code == ErrorCode::ServerDraining;
}

} // namespace

ParticipantsWatch::ParticipantsWatch(RoomContextPrivate &room)
    : m_room(room)
{
    m_retry.setSingleShot(true);
    QObject::connect(&m_retry, &QTimer::timeout, &m_retry, [this] { restart(); });
}

QFuture<Result<void>> ParticipantsWatch::watch()
{
    const Promise<void> promise;
    if (m_isWatching && m_waiters.empty() && !m_isAsking && !m_retry.isActive()) {
        promise.finishLater(m_room.q, {});
        return promise.future();
    }
    m_waiters.push_back(promise);
    if (!std::exchange(m_isWatching, true))
        restart();
    return promise.future();
}

void ParticipantsWatch::joined()
{
    if (m_isWatching)
        restart();
}

void ParticipantsWatch::restart()
{
    m_retry.stop();
    m_list.restart();
    ++m_asked;
    if (!m_isAsking)
        askPage();
}

void ParticipantsWatch::askPage()
{
    if (!m_room.client)
        return;
    m_isAsking = true;
    m_room.client->ask(
        {.event = names::participants,
         .payload = protocol::GetParticipants{.roomId = m_room.roomId, .after = m_list.after()}.toJson(),
         .roomId = m_room.roomId,
         .fromInside = true,
         .done
         = [this, asked = m_asked, alive = QPointer<RoomContext>(m_room.q)](const Result<Reply> &answer) {
               if (alive)
                   onAnswer(asked, answer);
           }});
}

void ParticipantsWatch::onAnswer(quint64 asked, const Result<Reply> &answer)
{
    m_isAsking = false;
    if (!m_room.client)
        return;
    if (asked != m_asked)
        return askPage();
    if (!answer)
        return onRefused(answer.error());
    const auto page = protocol::ParticipantsPage::fromJson(answer->payload);
    if (!page)
        return onRefused(page.error());
    onPage(*page);
}

void ParticipantsWatch::onPage(const protocol::ParticipantsPage &page)
{
    const protocol::PresenceCounts before = m_list.counts();
    switch (m_list.take(page)) {
    case ParticipantList::Outcome::Complete:
        m_wasThere = true;
        tell({.isReset = true, .countsChanged = before != m_list.counts(), .outcome = Result<void>()});
        return;
    case ParticipantList::Outcome::Continues:
        askPage();
        return;
    case ParticipantList::Outcome::Missed:
        restartIn(spread());
        return;
    case ParticipantList::Outcome::Ignored:
    case ParticipantList::Outcome::Changed:
        return;
    }
}

void ParticipantsWatch::onNotice(const protocol::PresenceNotice &notice)
{
    const protocol::PresenceCounts before = m_list.counts();
    const ParticipantList::Outcome outcome = m_list.take(notice);
    if (outcome == ParticipantList::Outcome::Missed)
        return restartIn(spread());
    if (outcome != ParticipantList::Outcome::Changed)
        return;
    News news{.countsChanged = before != m_list.counts()};
    for (const protocol::PresentUser &user : notice.changes)
        news.changes.append(Participant{user.userId, user.connections});
    tell(news);
}

void ParticipantsWatch::onRefused(const Error &error)
{
    if (error.code == ErrorCode::ConnectionLost)
        return; // The next one asks anew.
    if (isForNow(error.code) || (error.code == ErrorCode::Timeout && m_wasThere))
        return restartIn(error.retryAfter.value_or(Retry));
    m_isWatching = false;
    m_wasThere = false;
    const protocol::PresenceCounts before = m_list.counts();
    m_list.clear();
    tell({.isReset = true, .countsChanged = before != m_list.counts(), .outcome = Result<void>(error)});
}

void ParticipantsWatch::tell(const News &news)
{
    const auto waiters = news.outcome ? takeWaiters() : std::vector<Promise<void>>();
    m_room.client->speak([news, waiters, room = QPointer<RoomContext>(m_room.q)] {
        if (room && news.isReset)
            Q_EMIT room->participantsReset();
        for (const Participant &each : news.changes) {
            if (room)
                Q_EMIT room->participantChanged(each);
        }
        if (room && news.countsChanged)
            Q_EMIT room->participantCountsChanged();
        for (const Promise<void> &waiter : waiters)
            waiter.finish(*news.outcome);
    });
}

} // namespace dialogue::client
