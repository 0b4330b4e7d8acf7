#include "server/admin/logwatches.h"

#include "core/protocol/admin/names.h"
#include "server/socketio/packetframes.h"

#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

constexpr std::chrono::milliseconds AuditInterval{250};

QByteArray textOf(const QJsonObject &row) { return QJsonDocument(row).toJson(QJsonDocument::Compact); }

} // namespace

LogWatches::LogWatches(QByteArray salt, Send send)
    : m_salt(std::move(salt))
    , m_send(std::move(send))
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(&m_timer, [this] {
        for (auto &[id, watch] : m_watches)
            flush(watch);
    });
}

void LogWatches::setScope(Id id, const RefusalScope &scope)
{
    if (const auto found = m_watches.find(id); found != m_watches.end())
        found->second.spec.scope = scope;
}

void LogWatches::credit(Id id, quint64 number)
{
    const auto found = m_watches.find(id);
    if (found == m_watches.end())
        return;
    found->second.queue.credit(number);
    flush(found->second);
}

void LogWatches::refused(const RefusalBatch &batch)
{
    for (auto &[id, watch] : m_watches) {
        const LogWatchSpec &spec = watch.spec;
        if (spec.isOfAudit)
            continue;
        for (const RefusalEntry &entry : batch.entries) {
            if (spec.scope.isFor(entry, spec.account))
                watch.queue.add(textOf(rowOf(entry, spec.account, m_salt)),
                                QString::fromLatin1(codeName(entry.code)));
        }
        for (const auto &[code, count] : batch.beyond) {
            if (spec.scope.isFor(code, spec.account))
                watch.queue.drop(QString::fromLatin1(codeName(code)), count);
        }
        flush(watch);
    }
}

void LogWatches::audited(const QJsonObject &entry)
{
    for (auto &[id, watch] : m_watches) {
        if (!watch.spec.isOfAudit)
            continue;
        watch.queue.add(textOf(entry), u"queue"_s);
        if (!m_timer.isActive())
            m_timer.start(AuditInterval);
    }
}

void LogWatches::flush(Watch &watch)
{
    namespace names = protocol::admin::names;
    if (const auto batch = watch.queue.take()) {
        m_send(watch.spec.socket,
               encodedEventFrameIn(names::nsp, watch.spec.isOfAudit ? names::audit : names::errors, *batch));
    }
}

} // namespace dialogue::admin
