#pragma once

#include "core/base/exceptions.h"
#include "core/base/logging.h"
#include "server/answers/pendinganswers.h"
#include "server/asking/awaitedacks.h"
#include "server/auth/clientids.h"
#include "server/budgets/budgets.h"
#include "server/config/serverconfig.h"
#include "server/gateway/gateway.h"
#include "server/history/eventlog.h"
#include "server/history/triggerwindow.h"
#include "server/memory/memorybudget.h"
#include "server/rooms/calldepth.h"
#include "server/rooms/historypage.h"
#include "server/rooms/hooks.h"
#include "server/rooms/pipeline.h"
#include "server/rooms/sessionwaits.h"

#include <QRandomGenerator>

#include <algorithm>
#include <memory>

namespace dialogue {

/** What rooms are handed by the composition root: the ways out, and the rules. All outlive the rooms. */
struct RoomServices
{
    SocketGateway &sockets;
    Publisher &publisher;
    const Pipeline &pipeline;
    const Hooks &hooks;
    const ServerConfig &config;
    TriggerWindow &sentTriggers;
    MemoryBudget &memory;
    Budgets &budgets;
    CallDepth &calls;
    PendingAnswers &answers;
    AwaitedAcks &acks;
    /** Of handlers and of slots, in whatever rooms. */
    std::shared_ptr<ExceptionLog> handlerExceptions
        = std::make_shared<ExceptionLog>(lcRooms, QStringLiteral("handlers"));
    std::shared_ptr<ExceptionLog> slotExceptions
        = std::make_shared<ExceptionLog>(lcRooms, QStringLiteral("slots"));

    /** Bytes sent to one client in one go; a send queue that holds no more must have room for it. */
    [[nodiscard]] qint64 largestBurst() const { return config.limits.sendQueue / 2; }
    /** A page of history: it takes its turn in the queue beside what else is sent. */
    [[nodiscard]] PacketLimits largestPage() const
    {
        return {largestBurst() / 2, config.engine.maxAttachments};
    }
    /** Bytes of one event with its attachments. */
    [[nodiscard]] qint64 largestEvent() const { return std::min(config.engine.maxPayload, largestBurst()); }

    const RecoveryLimits recovery{config.history.recoveryEvents, config.history.recoveryBytes};
    /** Who has no name is known by one of these, in whatever namespace. */
    const ClientIds ids = {};
    const std::shared_ptr<SessionWaits> waits = std::make_shared<SessionWaits>();
    const quint64 run = QRandomGenerator::system()->generate64(); ///< Tells the logs of two runs apart.
};

} // namespace dialogue
