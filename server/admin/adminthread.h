#pragma once

#include "server/admin/auditlog.h"
#include "server/admin/hubcalls.h"
#include "server/admin/logwatches.h"
#include "server/admin/refusallog.h"
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
        Parts(const QString &auditFile, const QByteArray &salt, LogWatches::Send send)
            : watches(salt, std::move(send))
            , audit(auditFile, [this](const QJsonObject &entry) { watches.audited(entry); })
            , refusals(salt)
        { }

        LogWatches watches;
        AuditLog audit;
        RefusalLog refusals;
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

    /** Makes the parts; once. \a salt is that of pseudonyms, and \a send is called in the thread. IoError. */
    [[nodiscard]] Result<void> start(const QString &auditFile, const QByteArray &salt, LogWatches::Send send);

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
