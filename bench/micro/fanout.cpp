#include "bench/micro/samples.h"
#include "server/fanout/publication.h"
#include "server/fanout/sendqueue.h"
#include "server/fanout/topictable.h"
#include "server/history/eventlog.h"
#include "server/socketio/eventencoding.h"

#include <array>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

namespace dialogue::microbench {

namespace {

class Reader final : public TopicSubscriber
{
public:
    Reader()
        : TopicSubscriber(1)
    { }
    Delivered deliver(const Publication &publication, Occasion) override
    {
        queue.add(publication.encodedBy(socketio::eventEncoding()));
        return Delivered::Sent;
    }
    Delivered tellGap(const Gap &) override { return Delivered::Sent; }

    SendQueue queue{4194304};
};

/** Of one event to each of N readers: into their queues, and out again as a sender sees them. Per delivery.
 */
void publishToEach(benchmark::State &state)
{
    constexpr quint64 Topic = 1;
    TopicTable topics;
    std::vector<std::unique_ptr<Reader>> readers;
    for (int i = 0; i < state.range(0); ++i) {
        readers.push_back(std::make_unique<Reader>());
        topics.subscribe(readers.back().get(), Topic);
    }
    const FramePtr frame = Frame::create(QByteArray(250, 'x'));
    const Encodings encodings{.kept = socketio::eventEncoding()};
    const Publication publication(encodings, {}, chatMessage().event, frame);
    for (auto _ : state) {
        topics.publish(Topic, [&publication](TopicSubscriber &subscriber) {
            subscriber.deliver(publication, Occasion::Live);
        });
        for (const std::unique_ptr<Reader> &reader : readers) {
            std::array<iovec, 64> vectors{};
            benchmark::DoNotOptimize(reader->queue.gather(vectors));
            reader->queue.consume(frame->bytes().size());
        }
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(publishToEach)->Apply(counted)->Arg(10)->Arg(1000)->Arg(10000);

void appendToTheLog(benchmark::State &state)
{
    const RecoveryLimits limits{.events = 500, .bytes = 2097152};
    EventLog log;
    const QString event = chatMessage().event;
    const FramePtr frame = Frame::create(QByteArray(250, 'x'));
    const Encodings encodings{.kept = socketio::eventEncoding()};
    for (auto _ : state) {
        log.append(
            std::make_shared<Publication>(encodings, Position{.offset = log.offset() + 1}, event, frame),
            {.history = {.enabled = true, .limit = 50}, .recovery = limits});
        benchmark::DoNotOptimize(log.offset());
    }
}
BENCHMARK(appendToTheLog)->Apply(counted);

} // namespace

} // namespace dialogue::microbench
