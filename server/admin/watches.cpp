#include "server/admin/watches.h"

#include "core/protocol/admin/names.h"
#include "server/socketio/packetframes.h"

#include <algorithm>

namespace dialogue::admin {

namespace {

constexpr std::chrono::milliseconds Interval{50};
/** Of each second, for the filters of all together: what they would take beyond it others have more use for.
 */
constexpr std::chrono::milliseconds FilterTime{250};

} // namespace

Watches::Watches(WatchLoad &load, QByteArray salt, Send send)
    : m_load(load)
    , m_salt(std::move(salt))
    , m_send(std::move(send))
    , m_inbox([this](WatchedEvent &&event) { look(event); })
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(&m_timer, [this] { flushAll(); });
}

void Watches::add(WatchId id, WatchSpec &&spec)
{
    m_watches.try_emplace(id, std::move(spec), m_salt);
    share();
}

void Watches::respecify(WatchId id, WatchSpec &&spec)
{
    if (const auto found = m_watches.find(id); found != m_watches.end())
        found->second.respecify(std::move(spec));
    share();
}

void Watches::remove(WatchId id)
{
    m_watches.erase(id);
    share();
}

void Watches::credit(WatchId id, quint64 number)
{
    const auto found = m_watches.find(id);
    if (found == m_watches.end())
        return;
    found->second.credit(number);
    if (found->second.isFull())
        flush(found->second);
    else if (found->second.hasSomething())
        flushSoon();
}

void Watches::flushSoon()
{
    if (!m_timer.isActive())
        m_timer.start(Interval);
}

void Watches::share()
{
    const auto filtering = std::count_if(m_watches.begin(), m_watches.end(), [](const auto &each) {
        return !each.second.spec().filter.isEmpty();
    });
    for (auto &[id, watch] : m_watches)
        watch.setFilterShare(FilterTime / std::max<qint64>(1, filtering));
}

void Watches::look(const WatchedEvent &event)
{
    m_load.waitingBytes.fetch_sub(event.publication->size(), std::memory_order_relaxed);
    const auto now = EventWatch::Clock::now();
    for (auto &[id, watch] : m_watches) {
        const protocol::admin::WatchDrops before = watch.drops();
        watch.look(event, now);
        m_load.droppedRate.fetch_add(watch.drops().rate - before.rate, std::memory_order_relaxed);
        m_load.droppedQueue.fetch_add(watch.drops().queue - before.queue, std::memory_order_relaxed);
        m_load.droppedFilter.fetch_add(watch.drops().filter - before.filter, std::memory_order_relaxed);
        if (watch.isFull())
            flush(watch);
        else if (watch.hasSomething())
            flushSoon();
    }
}

void Watches::flush(EventWatch &watch)
{
    const auto batch = watch.take();
    if (!batch)
        return;
    m_load.batches.fetch_add(1, std::memory_order_relaxed);
    const QList<QByteArray> attachments
        = batch->payloads.isEmpty() ? QList<QByteArray>() : QList<QByteArray>{batch->payloads};
    namespace names = protocol::admin::names;
    m_send(watch.spec().socket, encodedEventFrameIn(names::nsp, names::batch, batch->write(), attachments));
}

void Watches::flushAll()
{
    for (auto &[id, watch] : m_watches)
        flush(watch);
}

} // namespace dialogue::admin
