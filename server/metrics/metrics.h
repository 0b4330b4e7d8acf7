#pragma once

#include "core/base/exceptions.h"
#include "core/base/logging.h"
#include "server/config/serverconfig.h"
#include "server/http/router.h"
#include "server/loop/iothread.h"
#include "server/loop/mailbox.h"
#include "server/metrics/figures.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue::metrics {

class StatsdSender;

/**
 * Takes what the server has counted, in one turn of the hub, and has it written elsewhere: for who asks, for
 * a statsd daemon, and for an exporter of the application's. However many ask at a time, it is taken once.
 * Lives in the hub.
 */
class Metrics
{
public:
    struct Sources
    {
        /** Asks the io workers; the answer comes in the hub. */
        std::function<void(std::function<void(std::vector<WorkerCounters> &&)>)> askWorkers;
        /** What the hub knows, but for the workers; at once. */
        std::function<Figures()> hub;
    };

    Metrics(const MetricsConfig &config, Sources sources);
    ~Metrics();
    Q_DISABLE_COPY_MOVE(Metrics)

    void start(); ///< To send what is to be sent each interval.
    /** Answers with all of them as Prometheus takes them. */
    void scrape(const HttpResponder &responder);
    [[nodiscard]] IoThread &thread() { return m_thread; }

private:
    /** What becomes of what is taken. */
    struct Wanted
    {
        bool text = false;
        bool pushed = false;
    };
    struct Written
    {
        QByteArray text;
        Wanted wanted;
        quint64 linesTooLong = 0;
    };

    void take(Wanted wanted);
    void taken(Figures &&figures);
    void written(Written &&written);
    [[nodiscard]] bool isPushing() const;

    const MetricsConfig m_config;
    const Sources m_sources;
    const double m_startedAt;
    Wanted m_wanted; ///< Of what is being taken.
    Wanted m_next; ///< Of what is asked for meanwhile.
    bool m_isTaking = false;
    quint64 m_collections = 0;
    quint64 m_linesTooLong = 0;
    std::vector<HttpResponder> m_asked; ///< Who waits for what is being taken ...
    std::vector<HttpResponder> m_askedNext; ///< ... and who came meanwhile.
    QTimer m_timer;
    // What is posted to outlives who posts.
    Mailbox<Written> m_written;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    // The thread's
    std::unique_ptr<StatsdSender> m_statsd;
    ExceptionLog m_exceptions{lcServer, QStringLiteral("exporters of metrics")};
    IoThread m_thread;
};

} // namespace dialogue::metrics
