#pragma once

#include <QNetworkProxy>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace dialogue::client {

/**
 * Asks the system for its proxy in a thread of its own: where that has to fetch a script (PAC) that cannot be
 * reached, the answer may take minutes, or never come.
 */
class ProxyLookup : public QObject
{
    Q_OBJECT
public:
    using System = std::function<QList<QNetworkProxy>(const QNetworkProxyQuery &)>;

    explicit ProxyLookup(std::chrono::milliseconds patience,
                         System system = &QNetworkProxyFactory::systemProxyForQuery,
                         QObject *parent = nullptr);
    /** Waits for nobody: a thread that still asks ends by itself. */
    ~ProxyLookup() override;

    /** found() comes once, from the event loop, for the last of those asked meanwhile. One thread at a time:
     * while the system still thinks about an earlier question, it is not asked another one. */
    void ask(const QNetworkProxyQuery &query);
    void cancel(); ///< No found() for what was asked.

Q_SIGNALS:
    /** None where the system has none, or did not say in time. */
    void found(const QNetworkProxy &proxy);

private:
    struct Shared;
    void begin();
    void answered(const QList<QNetworkProxy> &proxies);

    System m_system;
    QNetworkProxyQuery m_query;
    bool m_waiting = false; ///< Somebody does.
    bool m_asking = false; ///< The thread is.
    bool m_isOfQuery = false; ///< What the thread asks is what was asked for last.
    QTimer m_patience;
    std::shared_ptr<Shared> m_shared;
};

} // namespace dialogue::client
