#pragma once

#include "server/servercounters.h"

#include <QJsonObject>

#include <vector>

namespace dialogue {

struct WorkerCounters;

/** What the events of the bystander waited, since it was told the last time. */
struct BystanderTurns
{
    qint64 events = 0;
    qint64 waited = 0; ///< Messages of others that were handled while one of its was next; the sum.
    qint64 mostWaited = 0;
};

/** What a server has counted, for programs to read: each counter under its own name. */
QJsonObject report(const ServerCounters &server, const std::vector<WorkerCounters> &workers,
                   const BystanderTurns &bystander);

} // namespace dialogue
