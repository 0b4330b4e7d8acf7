#pragma once

#include "server/broker/logpages.h"
#include "server/store/storethread.h"
#include "server/store/storingbroker.h"

#include <QHash>

#include <chrono>
#include <memory>
#include <unordered_map>

namespace dialogue {

/** Keeps what rooms publish in a store of the application's. */
class OwnBroker final : public StoringBroker, private LogPages
{
public:
    /** \a config outlives it. The Error is what the store says of its rooms. */
    [[nodiscard]] static Result<std::unique_ptr<OwnBroker>> open(const ServerConfig &config,
                                                                 std::unique_ptr<EventStore> store);
    ~OwnBroker() override; ///< What waits is stored first.

    [[nodiscard]] quint64 run() const override { return m_run; }
    [[nodiscard]] quint64 lastSeq() const override { return m_lastSeq; }
    [[nodiscard]] Result<OpenedLog> open(const RoomConfig &room) override;
    void declare(const LogId &log, const RoomConfig &room) override;
    [[nodiscard]] Answer<void> append(const LogId &log, const LogEntry &entry) override;
    [[nodiscard]] Answer<qint64> erase(const Erasure &which) override;
    void close(const LogId &log) override;
    [[nodiscard]] LogPages *pages() override { return this; }

    [[nodiscard]] QList<RoomConfig> createdRooms() const override;
    [[nodiscard]] StoreCounters counters() const override;

private:
    /** A room as the store knows it. */
    struct Known
    {
        quint64 stream = 0;
        quint64 offset = 0; ///< At least so high was its newest event's.
        quint64 seq = 0; ///< The same.
        quint64 completeAfter = 0; ///< From here on nothing has been let go.
        Durability durability = Durability::Commit;
        QJsonObject declaration = {}; ///< Where a client has made it.

        [[nodiscard]] QJsonObject toJson() const;
        [[nodiscard]] static Known fromJson(const QJsonObject &json);
    };
    struct Log
    {
        QString roomId;
        Known known;
        store::LogStatePtr state;
        store::StorePolicy policy;
        quint64 saved = 0; ///< The offset that the store was told last.
        std::chrono::steady_clock::time_point trimmed = {};
        /** As Known::completeAfter, of the store's thread. */
        std::shared_ptr<quint64> completeAfter = {};
    };
    OwnBroker(const ServerConfig &config, std::unique_ptr<EventStore> store);
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<OpenedLog> read(const QString &roomId, const Known &known,
                                         const store::StorePolicy &policy);
    [[nodiscard]] static Result<void> noteReached(EventStore &store, const QString &roomId, Known known,
                                                  QHash<QString, quint64> &reached);
    void saveState(Log &log);
    void letSomeGo(Log &log);
    [[nodiscard]] QFuture<Result<LogPage>> read(LogQuery query, std::stop_token stop) override;

    const ServerConfig &m_config;
    quint64 m_run = 0;
    quint64 m_starts = 0;
    quint64 m_lastSeq = 0;
    quint64 m_lastStream = 0;
    quint64 m_refused = 0;
    QHash<QString, Known> m_known; ///< By id: those that are not open.
    /** Of the store's thread: how far rooms that nobody has opened had come before something was erased. */
    const std::shared_ptr<QHash<QString, quint64>> m_reached = std::make_shared<QHash<QString, quint64>>();
    std::unordered_map<quint64, Log> m_logs; ///< By stream.
    Mailbox<store::StoreAnswer> m_answers;
    store::StoreThread m_thread; ///< Ends first: it posts to the mailbox.
};

} // namespace dialogue
