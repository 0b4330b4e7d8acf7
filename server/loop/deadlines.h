#pragma once

#include <QBasicTimer>
#include <QObject>

#include <chrono>
#include <vector>

namespace dialogue {

class DeadlineQueue;

/**
 * A point in time at which something is called, cheap enough to have several per connection: 10,000 of them
 * share one timer. Cancelled by its destruction. Lives in the thread of its queue.
 */
class Deadline
{
public:
    Deadline() = default;
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;
    virtual ~Deadline() { cancel(); }

    /** (Re)schedules for \a delay from now. */
    void schedule(DeadlineQueue *queue, std::chrono::milliseconds delay);
    void cancel();
    [[nodiscard]] bool isScheduled() const { return m_queue; }

protected:
    /** The time has come. It may reschedule, cancel or destroy this and any other deadline, and run an event
     * loop, in which others expire. */
    virtual void expired() = 0;

private:
    friend class DeadlineQueue;
    DeadlineQueue *m_queue = nullptr;
    std::size_t m_index = 0; ///< In the heap.
    std::chrono::steady_clock::time_point m_time;
};

/** A deadline that calls a member function: `MemberDeadline<&Session::pingDue, Session> m_ping{this};` */
template <auto Function, class Owner>
class MemberDeadline final : public Deadline
{
public:
    explicit MemberDeadline(Owner *owner)
        : m_owner(owner)
    { }

protected:
    void expired() override { (m_owner->*Function)(); }

private:
    Owner *m_owner;
};

/** The deadlines of one thread, in a heap under one precise timer; never early, and late by no more than a
 * turn. */
class DeadlineQueue : public QObject
{
    Q_OBJECT

public:
    explicit DeadlineQueue(QObject *parent = nullptr);
    ~DeadlineQueue() override;

    [[nodiscard]] std::size_t size() const { return m_heap.size(); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    friend class Deadline;
    void insert(Deadline *deadline);
    void remove(Deadline *deadline);
    void siftUp(std::size_t index);
    void siftDown(std::size_t index);
    void place(std::size_t index, Deadline *deadline);
    void rearm();

    std::vector<Deadline *> m_heap;
    QBasicTimer m_timer;
    std::chrono::steady_clock::time_point m_armedFor;
};

} // namespace dialogue
