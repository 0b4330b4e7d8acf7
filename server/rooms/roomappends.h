#pragma once

#include "core/base/answer.h"
#include "core/event/eventdefinition.h"
#include "server/fanout/publication.h"
#include "server/rooms/appendbacklog.h"
#include "server/rooms/eventdelivery.h"
#include "server/rooms/sequence.h"

#include <QObject>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dialogue {

/** An event that has its place and is to go out. */
struct PlacedEvent
{
    EventMessage message;
    PublicationPtr publication;
    std::shared_ptr<const EventDelivery> delivery = {}; ///< Null: to all.
    HistoryPolicy policy = {};
    QString origin = {}; ///< Of who sent it, see TriggerWindow; where it has an id.
    bool isKept = true;
    std::chrono::steady_clock::time_point began = {}; ///< Where it is measured.
};

/** One that waits. */
class WaitingEvent
{
public:
    using Settled = std::function<void(const Result<EventMessage> &)>;

    /** Told in the order of asking, from the event loop, once it has gone out or it is clear that it will
     * not; never where the server ends before. */
    void whenSettled(Settled call) { m_calls.push_back(std::move(call)); }

private:
    friend class RoomAppends;

    PlacedEvent event;
    quint64 number = 0;
    std::unique_ptr<QObject> watcher = {}; ///< Null: there is nothing to wait for but its turn.
    std::optional<Result<void>> said = {};
    qint64 bytes = 0;
    std::vector<Settled> m_calls;
};

/**
 * The events of one room that the broker has yet to answer for, with the ephemeral ones behind them, in
 * order: each goes out once all before it have, or have failed.
 */
class RoomAppends
{
public:
    /** What becomes of those that are answered. */
    class Receiver
    {
    public:
        virtual ~Receiver() = default;
        /** It was kept. Runs user code, which may end the room. */
        virtual Result<EventMessage> appended(PlacedEvent &&event) = 0;
        /** Nobody knows whether it was. */
        virtual Error lost(const PlacedEvent &event) = 0;
    };

    RoomAppends(Receiver &receiver, AppendBacklog &backlog, Sequence &sequence)
        : m_receiver(receiver)
        , m_backlog(backlog)
        , m_sequence(sequence)
    { }
    ~RoomAppends();
    Q_DISABLE_COPY_MOVE(RoomAppends)

    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    /** Where \a answer is not ready. */
    WaitingEvent &add(PlacedEvent &&event, const Answer<void> &answer);
    /** Ephemeral: it waits but for its turn. */
    WaitingEvent &add(PlacedEvent &&event);
    /** The one that \a user sent under \a id. */
    [[nodiscard]] WaitingEvent *find(const QString &user, const QString &id, const QString &event);
    /** Nothing of it goes out: the room is gone. */
    void failAll(const Error &error);

private:
    WaitingEvent &push(PlacedEvent &&event);
    void answered(quint64 number, Result<void> &&said);
    void settle();
    /** Those submitted behind that one. */
    void failBehind(quint64 number, const Error &error);
    static void tell(WaitingEvent &event, const Result<EventMessage> &outcome);

    Receiver &m_receiver;
    AppendBacklog &m_backlog;
    Sequence &m_sequence;
    std::deque<std::unique_ptr<WaitingEvent>> m_waiting;
    quint64 m_last = 0;
    bool m_settling = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace dialogue
