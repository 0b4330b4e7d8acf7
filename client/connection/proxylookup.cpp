#include "client/connection/proxylookup.h"

#include <mutex>
#include <thread>

namespace dialogue::client {

/** Outlives whoever of the two ends first. */
struct ProxyLookup::Shared
{
    std::mutex mutex;
    ProxyLookup *asker; ///< Null once it is gone.
};

ProxyLookup::ProxyLookup(std::chrono::milliseconds patience, System system, QObject *parent)
    : QObject(parent)
    , m_system(std::move(system))
    , m_patience(this)
    , m_shared(std::make_shared<Shared>())
{
    m_shared->asker = this;
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (std::exchange(m_waiting, false))
            Q_EMIT found(QNetworkProxy::NoProxy);
    });
}

ProxyLookup::~ProxyLookup()
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->asker = nullptr;
}

void ProxyLookup::ask(const QNetworkProxyQuery &query)
{
    m_isOfQuery = m_asking && m_query == query;
    m_query = query;
    m_waiting = true;
    m_patience.start();
    if (!m_asking)
        begin();
}

void ProxyLookup::cancel()
{
    m_waiting = false;
    m_patience.stop();
}

void ProxyLookup::begin()
{
    m_asking = true;
    m_isOfQuery = true;
    std::thread([shared = m_shared, system = m_system, query = m_query] {
        const QList<QNetworkProxy> proxies = system(query);
        const std::lock_guard lock(shared->mutex);
        if (ProxyLookup *const asker = shared->asker)
            QMetaObject::invokeMethod(
                asker, [asker, proxies] { asker->answered(proxies); }, Qt::QueuedConnection);
    }).detach();
}

void ProxyLookup::answered(const QList<QNetworkProxy> &proxies)
{
    m_asking = false;
    if (!m_waiting)
        return;
    if (!m_isOfQuery)
        return begin();
    cancel();
    Q_EMIT found(proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.constFirst());
}

} // namespace dialogue::client
