#pragma once

#include "server/broker/broker.h"

#include <QRandomGenerator>

namespace dialogue {

/** Of one server without a store: what its rooms have in memory is all there is. */
class MemoryBroker : public Broker
{
public:
    [[nodiscard]] quint64 run() const override { return m_run; }
    [[nodiscard]] quint64 lastSeq() const override { return 0; }
    [[nodiscard]] Result<OpenedLog> open(const RoomConfig &room) override;
    void declare(const LogId &log, const RoomConfig &room) override;
    [[nodiscard]] Answer<void> append(const LogId &log, const LogEntry &entry) override;
    [[nodiscard]] Answer<qint64> erase(const Erasure &which) override;
    void close(const LogId &log) override;

private:
    const quint64 m_run = QRandomGenerator::system()->generate64();
    quint64 m_lastStream = 0;
};

} // namespace dialogue
