#pragma once

#include "server/loop/turnend.h"

#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace dialogue {

/**
 * Where messages for one thread arrive. Made in that thread, or moved to it before anything is posted;
 * senders must be gone before it is destroyed, there or when its thread has finished.
 *
 * All that was posted since the last delivery is handed over at once, in order, by one event: one lock and
 * one wake-up per batch, and no allocation per message.
 */
template <class Message>
class Mailbox : private QObject
{
public:
    using Receiver = std::function<void(Message &&message)>;

    /**
     * \a delivered is called after each delivery, of a whole batch or of a part of one. With \a arrived
     * nothing is delivered: that is called once when something has come, which waits for take(), and \a
     * receiver gets what is call()ed alone.
     */
    explicit Mailbox(Receiver receiver, std::function<void()> delivered = {},
                     std::function<void()> arrived = {})
        : m_receiver(std::move(receiver))
        , m_delivered(std::move(delivered))
        , m_arrived(std::move(arrived))
    { }

    ~Mailbox() override
    {
        // Where another thread destroys it, all that was done in a delivery comes before.
        const std::lock_guard lock(m_mutex);
    }

    using QObject::moveToThread;

    /** Any thread. */
    void post(Message &&message)
    {
        const std::lock_guard lock(m_mutex);
        m_incoming.push_back(std::move(message));
        announce();
    }

    /** Any thread; takes all of \a batch and leaves it empty, its capacity kept, exchanged or given back. */
    void post(std::vector<Message> &batch)
    {
        if (batch.empty())
            return;
        {
            const std::lock_guard lock(m_mutex);
            if (m_incoming.empty()) {
                m_incoming.swap(batch);
            } else {
                m_incoming.insert(m_incoming.end(), std::make_move_iterator(batch.begin()),
                                  std::make_move_iterator(batch.end()));
            }
            announce();
        }
        release(batch);
    }

    /** Makes \a batch, which was delivered, empty; its memory is kept for the next, if that is not much. */
    static void release(std::vector<Message> &batch)
    {
        if (batch.capacity() > MostKept)
            std::vector<Message>().swap(batch);
        else
            batch.clear();
    }
    static constexpr std::size_t MostKept = 4096; ///< Messages.

    /** Receiver's thread: something waits for take(). Costs next to nothing to ask. */
    [[nodiscard]] bool hasArrivals() const { return m_hasArrivals.load(std::memory_order_relaxed); }
    /** Receiver's thread: what has arrived, in order, into \a batch, which must be empty. */
    void take(std::vector<Message> &batch)
    {
        const std::lock_guard lock(m_mutex);
        m_announced = false;
        m_hasArrivals.store(false, std::memory_order_relaxed);
        batch.swap(m_incoming);
    }

    /** Receiver's thread: hands over what has arrived, without waiting for the event. */
    void deliver()
    {
        if (m_arrived) {
            m_arrived();
            return;
        }
        if (m_delivering || m_resting) {
            // A nested event loop in a receiver: the outer delivery keeps the order. This event was the
            // announcement of what has come meanwhile; the end of the outer delivery makes it anew.
            const std::lock_guard lock(m_mutex);
            m_announced = false;
            return;
        }
        m_delivering = true;
        if (m_batch.empty())
            take(m_batch);
        auto next = m_batch.begin() + std::exchange(m_next, 0);
        while (next != m_batch.end() && !m_resting)
            m_receiver(std::move(*next++));
        m_delivering = false;
        if (m_delivered)
            m_delivered();
        if (m_resting) {
            m_next = next - m_batch.begin();
            return;
        }
        release(m_batch);
        const std::lock_guard lock(m_mutex);
        if (!m_incoming.empty())
            announce();
    }

    /** From inside the receiver: no more for now, it is for others to have their turn. goOn() delivers the
     * rest. */
    void rest() { m_resting = true; }
    void goOn()
    {
        m_resting = false;
        deliver();
    }

    /** Receiver's thread: straight to the receiver. */
    void call(Message &&message) { m_receiver(std::move(message)); }

    [[nodiscard]] bool isCurrentThread() const { return thread() == QThread::currentThread(); }

protected:
    bool event(QEvent *event) override
    {
        {
            // The event was made under it, in another thread: here its making comes before this reading.
            const std::lock_guard lock(m_mutex);
        }
        if (event->type() != QEvent::User)
            return QObject::event(event);
        deliver();
        return true;
    }

private:
    /** Under the mutex. */
    void announce()
    {
        m_hasArrivals.store(true, std::memory_order_relaxed);
        if (!std::exchange(m_announced, true))
            QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

    Receiver m_receiver;
    std::function<void()> m_delivered;
    std::function<void()> m_arrived;
    std::atomic<bool> m_hasArrivals = false;
    std::mutex m_mutex; ///< Guards m_incoming and m_announced.
    std::vector<Message> m_incoming;
    bool m_announced = false;
    // Receiver's thread only
    std::vector<Message> m_batch;
    std::ptrdiff_t m_next = 0; ///< The first of m_batch that was not delivered, while it rests.
    bool m_delivering = false;
    bool m_resting = false;
};

/**
 * One sending thread's side of a Mailbox: gathers the messages of a turn and posts them together at its end.
 * Where sender and receiver are one thread (workers: 0) each message is a direct call.
 */
template <class Message>
class Outbox : private Flushable
{
public:
    /** Made in the sending thread, whose \a turnEnd it uses; \a mailbox must outlive it. */
    Outbox(Mailbox<Message> *mailbox, TurnEnd *turnEnd)
        : m_mailbox(mailbox)
        , m_turnEnd(turnEnd)
        , m_direct(mailbox->isCurrentThread())
    { }
    ~Outbox() override { m_mailbox->post(m_batch); }

    void post(Message &&message)
    {
        if (m_direct) {
            m_mailbox->call(std::move(message));
            return;
        }
        if (m_batch.empty())
            m_turnEnd->schedule(this);
        m_batch.push_back(std::move(message));
    }

    /** Never a direct call: for what may come up while the receiver is in the middle of something. */
    void postQueued(Message &&message)
    {
        if (m_direct)
            m_mailbox->post(std::move(message));
        else
            post(std::move(message));
    }

    void flush() override { m_mailbox->post(m_batch); }
    [[nodiscard]] bool isDirect() const { return m_direct; }

private:
    Mailbox<Message> *m_mailbox;
    TurnEnd *m_turnEnd;
    bool m_direct;
    std::vector<Message> m_batch;
};

} // namespace dialogue
