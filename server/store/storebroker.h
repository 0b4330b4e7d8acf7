#pragma once

#include "server/store/storefile.h"
#include "server/store/storehistory.h"
#include "server/store/storereader.h"
#include "server/store/storewriter.h"
#include "server/store/storingbroker.h"

#include <QHash>

#include <memory>
#include <unordered_map>

namespace dialogue {

/** Keeps what rooms publish in a file: what is acknowledged is there when the server comes back. */
class StoreBroker final : public StoringBroker
{
public:
    /** \a config outlives it. The Error says why there is no store, and what to do. */
    [[nodiscard]] static Result<std::unique_ptr<StoreBroker>> open(const ServerConfig &config);
    ~StoreBroker() override; ///< What waits is stored first.

    [[nodiscard]] quint64 run() const override { return m_run; }
    [[nodiscard]] quint64 lastSeq() const override { return m_lastSeq; }
    [[nodiscard]] Result<OpenedLog> open(const RoomConfig &room) override;
    void declare(const LogId &log, const RoomConfig &room) override;
    [[nodiscard]] Answer<void> append(const LogId &log, const LogEntry &entry) override;
    [[nodiscard]] Answer<qint64> erase(const Erasure &which) override;
    void close(const LogId &log) override;
    [[nodiscard]] LogPages *pages() override { return m_history.get(); }

    [[nodiscard]] QList<RoomConfig> createdRooms() const override;
    [[nodiscard]] StoreCounters counters() const override;

private:
    struct Log
    {
        store::LogStatePtr state; ///< Null: it is not in the file.
        store::StorePolicy policy;
        quint64 offset = 0; ///< Of the newest event that was submitted.
    };
    StoreBroker(const ServerConfig &config, store::StoreFile &&file, store::StoreReader &&reader,
                std::unique_ptr<store::StoreHistory> history);
    /** What the file knows, and what of it does not count any more. */
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<quint64> makeRoom(const RoomConfig &room, quint64 stream, quint64 offset);
    /** Before anything of \a room is read: what is stored fits the schemas that it declares. */
    [[nodiscard]] Result<void> holdToSchemas(const RoomConfig &room, quint64 number);
    [[nodiscard]] Result<void> mayAppend(const Log &log, const LogEntry &entry);

    const ServerConfig &m_config;
    store::StoreFile m_file;
    store::StoreReader m_reader;
    std::unique_ptr<store::StoreHistory> m_history;
    Mailbox<store::StoreAnswer> m_answers;
    const quint64 m_run;
    quint64 m_lastSeq = 0;
    quint64 m_lastStream = 0;
    quint64 m_lastRoom = 0;
    quint64 m_refused = 0;
    QHash<QString, store::KnownRoom> m_known; ///< By id: those that are not open.
    QHash<quint64, std::vector<KeptTrigger>> m_triggers; ///< Of these.
    std::unordered_map<quint64, Log> m_logs; ///< By stream.
    store::StoreWriter m_writer; ///< Ends first: it posts to the mailbox.
};

} // namespace dialogue
