#include "report.h"

#include "server/bridge/counters.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

QJsonObject hubReport(const HubCounters &hub)
{
    return {{u"messages"_s, hub.messages}, {u"turns"_s, hub.turns},
            {u"waiting"_s, hub.waiting},   {u"longestLane"_s, hub.longestLane},
            {u"dropped"_s, hub.dropped},   {u"mostWaited"_s, hub.mostWaited},
            {u"held"_s, hub.held}};
}

QJsonObject budgetReport(const BudgetCounters &budgets)
{
    using enum BudgetKind;
    return {{u"event"_s, budgets.refusedOf(Event)},
            {u"join"_s, budgets.refusedOf(Join)},
            {u"leave"_s, budgets.refusedOf(Leave)},
            {u"subscribe"_s, budgets.refusedOf(Subscribe)},
            {u"listRooms"_s, budgets.refusedOf(ListRooms)},
            {u"createRoom"_s, budgets.refusedOf(CreateRoom)},
            {u"deleteRoom"_s, budgets.refusedOf(DeleteRoom)},
            {u"history"_s, budgets.refusedOf(History)},
            {u"failed"_s, budgets.refusedOf(Failed)},
            {u"connect"_s, budgets.refusedOf(Connect)},
            {u"custom"_s, budgets.refusedOf(Custom)},
            {u"disconnected"_s, budgets.disconnected},
            {u"keys"_s, budgets.keys}};
}

QJsonObject memoryReport(const MemoryCounters &memory)
{
    return {{u"used"_s, memory.used},
            {u"rooms"_s, memory.rooms},
            {u"eventsGivenUp"_s, static_cast<qint64>(memory.eventsGivenUp)},
            {u"refused"_s, static_cast<qint64>(memory.refused)}};
}

QJsonObject replayReport(const ReplayCounters &replays)
{
    return {{u"running"_s, replays.running}, {u"begun"_s, replays.begun}, {u"events"_s, replays.events},
            {u"bytes"_s, replays.bytes},     {u"gaps"_s, replays.gaps},   {u"tooSlow"_s, replays.tooSlow}};
}

QJsonObject askingReport(const AskingCounters &asking)
{
    return {{u"asked"_s, asking.asked},       {u"answered"_s, asking.answered},
            {u"timedOut"_s, asking.timedOut}, {u"clientsGone"_s, asking.clientsGone},
            {u"refused"_s, asking.refused},   {u"unasked"_s, asking.unasked},
            {u"waiting"_s, asking.waiting},   {u"mostWaiting"_s, asking.mostWaiting}};
}

/** The sum over all workers. */
QJsonObject workerReport(const std::vector<WorkerCounters> &workers)
{
    const auto sum = [&workers](qint64 WorkerCounters::*counter) {
        qint64 total = 0;
        for (const WorkerCounters &each : workers)
            total += each.*counter;
        return total;
    };
    return {{u"connections"_s, sum(&WorkerCounters::connections)},
            {u"sessions"_s, sum(&WorkerCounters::sessions)},
            {u"sessionsOpened"_s, sum(&WorkerCounters::sessionsOpened)},
            {u"sessionsRefused"_s, sum(&WorkerCounters::sessionsRefused)},
            {u"sessionsGivenWay"_s, sum(&WorkerCounters::sessionsGivenWay)},
            {u"framesSent"_s, sum(&WorkerCounters::framesSent)},
            {u"framesDropped"_s, sum(&WorkerCounters::framesDropped)},
            {u"framesReplaced"_s, sum(&WorkerCounters::framesReplaced)},
            {u"gapsTold"_s, sum(&WorkerCounters::gapsTold)},
            {u"inboundPauses"_s, sum(&WorkerCounters::inboundPauses)},
            {u"requestsRefused"_s, sum(&WorkerCounters::requestsRefused)},
            {u"slowReaders"_s, sum(&WorkerCounters::slowReaders)},
            {u"queuedBytes"_s, sum(&WorkerCounters::queuedBytes)},
            {u"mailboxBytes"_s, sum(&WorkerCounters::mailboxBytes)}};
}

} // namespace

QJsonObject report(const ServerCounters &server, const std::vector<WorkerCounters> &workers,
                   const BystanderTurns &bystander)
{
    return {
        {u"hub"_s, hubReport(server.hub)},
        {u"refused"_s, budgetReport(server.budgets)},
        {u"memory"_s, memoryReport(server.memory)},
        {u"replays"_s, replayReport(server.replays)},
        {u"asking"_s, askingReport(server.asking)},
        {u"order"_s, QJsonObject{{u"waiting"_s, server.order.waiting}, {u"dropped"_s, server.order.dropped}}},
        {u"workers"_s, workerReport(workers)},
        {u"bystander"_s,
         QJsonObject{{u"events"_s, bystander.events},
                     {u"waited"_s, bystander.waited},
                     {u"mostWaited"_s, bystander.mostWaited}}}};
}

} // namespace dialogue
