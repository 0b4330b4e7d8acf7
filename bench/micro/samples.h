#pragma once

#include "core/event/eventmessage.h"
#include "core/schema/schema.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>

#include <benchmark/benchmark.h>

namespace dialogue::microbench {

/** So many iterations as DIALOGUE_ITERATIONS says, for who counts instructions; else as Google Benchmark
 * likes. */
inline void counted(benchmark::internal::Benchmark *benchmark)
{
    if (const int iterations = qEnvironmentVariableIntValue("DIALOGUE_ITERATIONS"); iterations > 0)
        benchmark->Iterations(iterations);
}

/** What users send: some 200 bytes, a few fields. */
inline QJsonObject chatData()
{
    return {{QStringLiteral("text"), QString(120, QLatin1Char('x'))},
            {QStringLiteral("author"), QStringLiteral("ann")},
            {QStringLiteral("number"), 42},
            {QStringLiteral("tags"), QJsonArray{QStringLiteral("a"), QStringLiteral("b")}}};
}

inline Schema chatSchema()
{
    return Schema::object({{"text", Schema::string().min(1).max(1000)},
                           {"author", Schema::string().min(1)},
                           {"number", Schema::integer().min(0)},
                           {"tags", Schema::array(Schema::string())}});
}

inline EventMessage chatMessage()
{
    return {.event = QStringLiteral("message"),
            .roomId = QStringLiteral("chat"),
            .data = chatData(),
            .from = QStringLiteral("ann"),
            .timestamp = 1790000000000,
            .offset = 123456};
}

} // namespace dialogue::microbench
