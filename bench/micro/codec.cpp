#include "bench/micro/samples.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/requests.h"
#include "core/protocol/socketio/packet.h"
#include "server/fanout/frame.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <benchmark/benchmark.h>

namespace dialogue::microbench {

namespace {

QByteArray triggerPacket()
{
    const QJsonObject request{{QStringLiteral("roomId"), QStringLiteral("chat")},
                              {QStringLiteral("event"), QStringLiteral("message")},
                              {QStringLiteral("data"), chatData()}};
    return socketio::encode({.data = QJsonArray{QStringLiteral("dialogue:trigger"), request}});
}

void utf16ToUtf8(benchmark::State &state)
{
    const QString text = QString::fromUtf8(triggerPacket());
    for (auto _ : state)
        benchmark::DoNotOptimize(text.toUtf8());
}
BENCHMARK(utf16ToUtf8)->Apply(counted);

void decodePacket(benchmark::State &state)
{
    const QByteArray packet = triggerPacket();
    socketio::Decoder decoder;
    for (auto _ : state)
        benchmark::DoNotOptimize(decoder.text(packet));
}
BENCHMARK(decodePacket)->Apply(counted);

void readTrigger(benchmark::State &state)
{
    socketio::Decoder decoder;
    const QJsonValue request = (*decoder.text(triggerPacket()))->data.toArray().at(1);
    for (auto _ : state)
        benchmark::DoNotOptimize(protocol::Trigger::fromJson(request));
}
BENCHMARK(readTrigger)->Apply(counted);

void encodeEvent(benchmark::State &state)
{
    const EventMessage message = chatMessage();
    for (auto _ : state)
        benchmark::DoNotOptimize(protocol::encodeEventMessage(message));
}
BENCHMARK(encodeEvent)->Apply(counted);

void makeFrame(benchmark::State &state)
{
    const QByteArray text = R"(42["dialogue:event",)" + protocol::encodeEventMessage(chatMessage()) + ']';
    for (auto _ : state)
        benchmark::DoNotOptimize(Frame::create(text));
}
BENCHMARK(makeFrame)->Apply(counted);

} // namespace

} // namespace dialogue::microbench
