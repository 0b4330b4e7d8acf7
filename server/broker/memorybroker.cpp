#include "server/broker/memorybroker.h"

namespace dialogue {

Result<OpenedLog> MemoryBroker::open(const RoomConfig &) { return OpenedLog{.stream = ++m_lastStream}; }

void MemoryBroker::declare(const LogId &, const RoomConfig &) { }

Answer<void> MemoryBroker::append(const LogId &, const LogEntry &) { return {}; }

Answer<qint64> MemoryBroker::erase(const Erasure &) { return 0; }

void MemoryBroker::close(const LogId &) { }

} // namespace dialogue
