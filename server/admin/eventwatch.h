#pragma once

#include "core/filter/filter.h"
#include "core/protocol/admin/eventbatch.h"
#include "server/admin/redaction.h"
#include "server/fanout/publication.h"
#include "server/socketio/values.h"

#include <QHash>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

namespace dialogue::admin {

/** An event that was published, on its way to those who watch. */
struct WatchedEvent
{
    PublicationPtr publication = {};
    QString roomId = {};
    QString from = {};
    RedactionPtr redaction = {};
};

/** What somebody watches, and how much of it he may see. */
struct WatchSpec
{
    SocketId socket = 0;
    QString name = {}; ///< As its console calls it.
    QStringList rooms = {}; ///< Patterns of ids that it asks for; and
    QStringList reach = {}; ///< those of its account.
    QStringList events = {}; ///< Patterns of names; none: all.
    Filter filter = {};
    bool payload = false;
    bool redacted = true;
    bool masked = false; ///< Who events are from is not to be known.
    int maxRate = 0; ///< Events in a second; 0: all.
    /** Events that the hub could not hand over. */
    std::shared_ptr<std::atomic<qint64>> ringDropped = std::make_shared<std::atomic<qint64>>(0);

    [[nodiscard]] bool concerns(QStringView roomId) const;
    /** It shows what events say, or tells it by which are shown. */
    [[nodiscard]] bool looksInside() const { return payload || filter.readsPayload(); }
};

/**
 * What one console watches of events: they are put together to batches, of which no more are under way than
 * it has taken. Of the thread of consoles; knows no sockets.
 */
class EventWatch
{
public:
    using Clock = std::chrono::steady_clock;
    using Batch = protocol::admin::EventBatch;

    EventWatch(WatchSpec spec, QByteArray salt)
        : m_spec(std::move(spec))
        , m_salt(std::move(salt))
    { }

    [[nodiscard]] const WatchSpec &spec() const { return m_spec; }
    /** Goes on as it is now: what is on its way stays. */
    void respecify(WatchSpec spec) { m_spec = std::move(spec); }

    /** Its filter takes no more of a second than this; events beyond that are dropped, and told. */
    void setFilterShare(std::chrono::nanoseconds time) { m_filterShare = time; }

    void look(const WatchedEvent &event, Clock::time_point now);
    /** What is to be sent now, if anything is and may be. */
    [[nodiscard]] std::optional<Batch> take();
    [[nodiscard]] bool isFull() const { return m_next.payloads.size() >= LargeBatch; }
    [[nodiscard]] bool hasSomething() const;
    /** The console has taken all batches up to \a number. */
    void credit(quint64 number);
    /** So many in all, of each kind. */
    [[nodiscard]] const protocol::admin::WatchDrops &drops() const { return m_drops; }

    static constexpr int MostUnderWay = 8; ///< Batches that are not credited.
    static constexpr qsizetype LargeBatch
        = 64 * 1024; ///< Bytes of payloads, beyond which it is sent at once.
    static constexpr qsizetype LargestPayload = 256 * 1024; ///< Of what is larger the size alone is told.
    static constexpr qsizetype MostRowsWaiting = 4096;
    static constexpr qsizetype MostBytesWaiting = 4 * LargeBatch;

private:
    [[nodiscard]] bool isWanted(const WatchedEvent &event) const;
    void beginSecond(Clock::time_point now);
    [[nodiscard]] bool isWithinRate();
    [[nodiscard]] Filter::Verdict verdictOn(const FilterRow &row);
    [[nodiscard]] int nameOf(const QString &text);
    /** What an event says, as far as it may be seen. */
    struct Payload
    {
        QByteArray data = {};
        QByteArray meta = {};
    };
    [[nodiscard]] Payload payloadOf(const WatchedEvent &event) const;
    void drop(qint64 protocol::admin::WatchDrops::*kind, qint64 count = 1);

    WatchSpec m_spec;
    const QByteArray m_salt;
    Batch m_next;
    QHash<QString, int> m_names; ///< Places in those of m_next.
    quint64 m_number = 0; ///< Of the last batch.
    quint64 m_credited = 0;
    std::chrono::nanoseconds m_filterShare = std::chrono::seconds(1);
    std::chrono::nanoseconds m_filterTime{0}; ///< Of this second.
    Clock::time_point m_secondBegan = {};
    int m_inSecond = 0;
    protocol::admin::WatchDrops m_drops;
};

} // namespace dialogue::admin
