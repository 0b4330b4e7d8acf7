#pragma once

#include "server/admin/auditlog.h"
#include "server/admin/hubcalls.h"
#include "server/admin/statshistory.h"
#include "server/loop/iothread.h"

#include <functional>
#include <memory>
#include <utility>

namespace dialogue::admin {

/** What consoles need done outside of the hub: keeping figures, and writing down who did what. Of the hub. */
class AdminThread
{
public:
    /** What lives in the thread. */
    struct Parts
    {
        explicit Parts(const QString &auditFile)
            : audit(auditFile)
        { }

        AuditLog audit;
        StatsReader stats;
        StatsHistory past;
    };

    /** \a hub outlives it. */
    explicit AdminThread(HubCalls &hub)
        : m_hub(hub)
        , m_thread(QStringLiteral("dialogue-admin"), ServerTransport::Qt)
    { }
    ~AdminThread();
    Q_DISABLE_COPY_MOVE(AdminThread)

    /** Makes the parts; once. IoError. */
    [[nodiscard]] Result<void> start(const QString &auditFile);

    /** \a work(parts) in the thread. */
    template <class Work>
    void post(Work work)
    {
        m_thread.post([this, work = std::move(work)]() mutable { work(*m_parts); });
    }
    /** \a work(parts) in the thread, and \a then(what it gave) in the hub. */
    template <class Work, class Then>
    void ask(Work work, Then then)
    {
        m_thread.post([this, work = std::move(work), then = std::move(then)]() mutable {
            m_hub.post(
                [result = work(*m_parts), then = std::move(then)]() mutable { then(std::move(result)); });
        });
    }

private:
    HubCalls &m_hub;
    std::unique_ptr<Parts> m_parts;
    IoThread m_thread;
};

} // namespace dialogue::admin
