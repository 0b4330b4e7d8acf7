#pragma once

#include "server/bridge/backlog.h"
#include "server/bridge/messages.h"
#include "server/loop/mailbox.h"

namespace dialogue::bridge {

/** What \a message takes in a mailbox, in bytes. A frame counts in full, also where several share it. */
[[nodiscard]] qint64 costOf(const ToWorker &message);

/** The hub's Outbox to one worker, whose backlog it counts; not where the worker is the hub's own thread. */
class WorkerOutbox final : private Outbox<ToWorker>
{
public:
    WorkerOutbox(Mailbox<ToWorker> *mailbox, TurnEnd *turnEnd, Backlog *backlog)
        : Outbox(mailbox, turnEnd)
        , m_backlog(backlog)
    { }
    ~WorkerOutbox() override { WorkerOutbox::flush(); }

    void post(ToWorker &&message)
    {
        if (!isDirect()) {
            ++m_messages;
            m_bytes += costOf(message);
        }
        Outbox::post(std::move(message));
    }

    [[nodiscard]] bool isCongested() { return m_backlog->isCongested(m_bytes); }
    [[nodiscard]] bool isOverloaded() const { return m_backlog->isOverloaded(m_bytes); }
    /** The worker says that it has caught up. */
    void relieved() { m_backlog->relieve(); }

private:
    void flush() override
    {
        m_backlog->add(std::exchange(m_messages, 0), std::exchange(m_bytes, 0));
        Outbox::flush();
    }

    Backlog *m_backlog; ///< The worker's.
    qint64 m_messages = 0; ///< Not posted yet.
    qint64 m_bytes = 0;
};

} // namespace dialogue::bridge
