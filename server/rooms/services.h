#pragma once

#include "core/base/exceptions.h"
#include "core/base/logging.h"
#include "server/answers/draining.h"
#include "server/answers/pendinganswers.h"
#include "server/asking/awaitedacks.h"
#include "server/auth/clientids.h"
#include "server/bridge/gateway.h"
#include "server/broker/broker.h"
#include "server/budgets/budgets.h"
#include "server/config/serverconfig.h"
#include "server/fanout/encoding.h"
#include "server/history/eventlog.h"
#include "server/history/triggerwindow.h"
#include "server/memory/memorybudget.h"
#include "server/rooms/appendbacklog.h"
#include "server/rooms/calldepth.h"
#include "server/rooms/clientobserver.h"
#include "server/rooms/historypacket.h"
#include "server/rooms/hooks.h"
#include "server/rooms/middlewares.h"
#include "server/rooms/pipeline.h"
#include "server/rooms/publicationobserver.h"
#include "server/rooms/refusalcounters.h"
#include "server/rooms/roommeters.h"
#include "server/rooms/sequence.h"
#include "server/rooms/sessionwaits.h"
#include "server/rules/rulecounters.h"
#include "server/rules/sanctions.h"

#include <algorithm>
#include <memory>

namespace dialogue {

/** What rooms are handed by the composition root: the ways out, and the rules. All outlive the rooms. */
struct RoomServices
{
    SocketGateway &sockets;
    Publisher &publisher;
    const Pipeline &pipeline;
    const Middlewares &middlewares;
    const Hooks &hooks;
    const ServerConfig &config;
    TriggerWindow &sentTriggers;
    MemoryBudget &memory;
    Budgets &budgets;
    CallDepth &calls;
    PendingAnswers &answers;
    AwaitedAcks &acks;
    const Encodings &encodings;
    Broker &broker;
    AppendBacklog &appends;
    Draining &draining;
    RuleCounters &rules;
    RefusalCounters &refusals;
    RoomMeters *meters; ///< Null: nobody wants to know.
    PublicationTap &tap;
    ClientTap &clientTap;
    const Sanctions &sanctions;
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
    const std::shared_ptr<Sequence> sequence = std::make_shared<Sequence>(broker.lastSeq());
    const std::shared_ptr<SessionWaits> waits = std::make_shared<SessionWaits>();
    const quint64 run = broker.run(); ///< Tells the logs of two servers apart.
};

} // namespace dialogue
