#include "bench/micro/samples.h"

#include "core/filter/filter.h"

#include <QJsonDocument>

#include <benchmark/benchmark.h>

namespace dialogue::microbench {

namespace {

void filterChat(benchmark::State &state, const QString &text)
{
    const Filter filter = Filter::parse(text).value();
    const QByteArray data = QJsonDocument(chatData()).toJson(QJsonDocument::Compact);
    const FilterRow row{
        .room = u"chat", .event = u"message", .from = u"ann", .offset = 7, .size = data.size(), .data = data};
    for (auto _ : state)
        benchmark::DoNotOptimize(filter.matches(row));
}

void filterByFields(benchmark::State &state)
{
    filterChat(state, QStringLiteral("event == 'message' && from ~ 'a*'"));
}
BENCHMARK(filterByFields)->Apply(counted);

void filterByData(benchmark::State &state)
{
    filterChat(state, QStringLiteral("event == 'message' && data.number > 10 && data.tags[1] == 'b'"));
}
BENCHMARK(filterByData)->Apply(counted);

void filterByAPatternInData(benchmark::State &state)
{
    filterChat(state, QStringLiteral("data.text ~ '*xy*'"));
}
BENCHMARK(filterByAPatternInData)->Apply(counted);

} // namespace

} // namespace dialogue::microbench
