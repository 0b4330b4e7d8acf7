#pragma once

#include "server/config/serverconfig.h"
#include "server/fanout/losscounters.h"
#include "server/loop/durations.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace dialogue {

/** What is counted of the events of a room, or of several that go by one name. */
class RoomMeter
{
public:
    using Clock = std::chrono::steady_clock;
    struct Event
    {
        QString name;
        Durations latency = {};
    };

    RoomMeter(QString name, const QStringList &events);

    /** Of \a event, or, where it is none of those it was made with, of Others. */
    void count(const QString &event, Clock::duration latency)
    {
        for (Event &each : m_events) {
            if (each.name == event) {
                each.latency.add(latency);
                return;
            }
        }
        m_others.latency.add(latency);
    }

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const std::vector<Event> &events() const { return m_events; }
    [[nodiscard]] const Event &others() const { return m_others; }
    /** Of its frames in the queues of slow readers. */
    [[nodiscard]] const std::shared_ptr<LossCounters> &losses() const { return m_losses; }

private:
    const QString m_name;
    std::vector<Event> m_events;
    Event m_others;
    const std::shared_ptr<LossCounters> m_losses = std::make_shared<LossCounters>();
};

/**
 * The meters of all rooms: those of the configuration have one each, up to a bound; those that come while the
 * server runs go by one name, as clients may make as many as they like and say what they are called. So do
 * events that are not declared.
 */
class RoomMeters
{
public:
    static const QString Runtime; ///< "_runtime"
    static const QString Others; ///< "_other"

    /** Together they make \a maxSeries series at most. */
    RoomMeters(const QList<RoomConfig> &rooms, int maxSeries);

    [[nodiscard]] RoomMeter &of(const QString &roomId);
    /** In the order of the configuration; those of others last. */
    [[nodiscard]] std::vector<const RoomMeter *> all() const;
    [[nodiscard]] const RoomMeter &beyondLimit() const { return m_beyond; }

    /** Series that one event makes: a counter, and a histogram. */
    static constexpr int SeriesOfAnEvent = 1 + int(Durations::Bounds.size()) + 3;
    static constexpr int SeriesOfARoom = 3; ///< Besides.

private:
    std::vector<std::unique_ptr<RoomMeter>> m_meters;
    QHash<QString, RoomMeter *> m_byRoom;
    RoomMeter m_runtime;
    RoomMeter m_beyond;
};

} // namespace dialogue
