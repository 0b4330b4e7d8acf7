#include "bench/micro/samples.h"

#include <QJsonArray>

#include <benchmark/benchmark.h>

namespace dialogue::microbench {

namespace {

void acceptValid(benchmark::State &state)
{
    const Schema schema = chatSchema();
    const QJsonValue data = chatData();
    for (auto _ : state)
        benchmark::DoNotOptimize(schema.validate(data));
}
BENCHMARK(acceptValid)->Apply(counted);

void refuseWithAReason(benchmark::State &state)
{
    const Schema schema = chatSchema();
    QJsonObject data = chatData();
    data.insert(QStringLiteral("text"), QString());
    const QJsonValue wrong = data;
    for (auto _ : state)
        benchmark::DoNotOptimize(schema.validate(wrong));
}
BENCHMARK(refuseWithAReason)->Apply(counted);

} // namespace

} // namespace dialogue::microbench
