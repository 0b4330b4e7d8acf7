#include "server/rooms/roomappends.h"

#include <algorithm>
#include <utility>

namespace dialogue {

RoomAppends::~RoomAppends()
{
    *m_alive = false;
    for (const auto &each : m_waiting) {
        m_sequence.waitsNoMore(each->event.publication->seq());
        m_backlog.remove(each->bytes);
    }
}

WaitingEvent &RoomAppends::push(PlacedEvent &&event)
{
    auto waiting = std::make_unique<WaitingEvent>();
    waiting->bytes = event.publication->heapSize() + qint64(sizeof(WaitingEvent));
    waiting->event = std::move(event);
    waiting->number = ++m_last;
    m_backlog.add(waiting->bytes);
    m_sequence.wait(waiting->event.publication->seq());
    return *m_waiting.emplace_back(std::move(waiting));
}

WaitingEvent &RoomAppends::add(PlacedEvent &&event, const Answer<void> &answer)
{
    WaitingEvent &waiting = push(std::move(event));
    waiting.watcher.reset(answer.watch(
        nullptr, [this, number = waiting.number, answer] { answered(number, answer.result()); }));
    return waiting;
}

WaitingEvent &RoomAppends::add(PlacedEvent &&event)
{
    WaitingEvent &waiting = push(std::move(event));
    waiting.said = Result<void>();
    return waiting;
}

WaitingEvent *RoomAppends::find(const QString &user, const QString &id, const QString &event)
{
    const auto found = std::ranges::find_if(m_waiting, [&](const auto &each) {
        const EventMessage &message = each->event.message;
        return message.id == id && message.from == user && message.event == event;
    });
    return found == m_waiting.end() ? nullptr : found->get();
}

void RoomAppends::answered(quint64 number, Result<void> &&said)
{
    const auto found = std::ranges::find(m_waiting, number, [](const auto &each) { return each->number; });
    if (found == m_waiting.end())
        return;
    if (!said && said.error().code != ErrorCode::Unavailable)
        failBehind(number, said.error());
    (*found)->said = std::move(said);
    (*found)->watcher.release()->deleteLater(); // It is what calls.
    settle();
}

namespace {

/** As its sender is told: who may try again, under the same id, hears the word for that. */
Error refusalOf(Error notKept)
{
    if (notKept.retryAfter)
        notKept.code = ErrorCode::Unavailable;
    return notKept;
}

} // namespace

void RoomAppends::settle()
{
    if (std::exchange(m_settling, true))
        return; // User code of one that went out; the others follow it.
    const std::shared_ptr<bool> alive = m_alive;
    while (*alive && !m_waiting.empty() && m_waiting.front()->said) {
        const std::unique_ptr<WaitingEvent> next = std::move(m_waiting.front());
        m_waiting.pop_front();
        AppendBacklog &backlog = m_backlog;
        const qint64 bytes = next->bytes;
        const Result<void> said = *std::exchange(next->said, {});
        m_sequence.waitsNoMore(next->event.publication->seq());
        if (said) {
            tell(*next, m_receiver.appended(std::move(next->event)));
        } else if (said.error().code == ErrorCode::Unavailable) {
            backlog.countUnknown();
            tell(*next, m_receiver.lost(next->event));
        } else {
            backlog.countFailed();
            tell(*next, refusalOf(said.error()));
        }
        backlog.remove(bytes);
    }
    if (*alive)
        m_settling = false;
}

void RoomAppends::failBehind(quint64 number, const Error &error)
{
    for (const auto &each : m_waiting) {
        if (each->number <= number || !each->event.isKept)
            continue;
        if (each->watcher) {
            each->watcher->disconnect();
            each->watcher.release()->deleteLater();
        }
        each->said = Result<void>(error);
    }
}

void RoomAppends::failAll(const Error &error)
{
    const auto all = std::exchange(m_waiting, {});
    AppendBacklog &backlog = m_backlog;
    Sequence &sequence = m_sequence;
    for (const auto &each : all) {
        each->watcher.reset();
        sequence.waitsNoMore(each->event.publication->seq());
        tell(*each, error);
        backlog.remove(each->bytes);
    }
}

void RoomAppends::tell(WaitingEvent &event, const Result<EventMessage> &outcome)
{
    for (const WaitingEvent::Settled &call : std::exchange(event.m_calls, {}))
        call(outcome);
}

} // namespace dialogue
