#include "server/fanout/sendqueue.h"
#include "tests/fuzz/require.h"
#include "tests/server/fanout/fakestream.h"
#include "tests/server/fanout/naivesendqueue.h"

#include <vector>

using namespace dialogue;

namespace {

/** What waits, from the front, as far as \a most vectors hold it. */
QByteArray gathered(SendQueue &queue, std::size_t most)
{
    std::vector<iovec> vectors(most);
    QByteArray front;
    for (std::size_t i = 0, count = queue.gather(vectors); i < count; ++i)
        front.append(static_cast<const char *>(vectors[i].iov_base), qsizetype(vectors[i].iov_len));
    return front;
}

} // namespace

/**
 * Each byte of the input adds a frame or writes some of what waits. Whatever is dropped: what leaves is, byte
 * by byte, what leaves a queue that does the same the plain way, and the queue keeps to its bound.
 */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const std::array<FrameStreamPtr, 4> streams{nullptr, std::make_shared<FakeStream>('a'),
                                                       std::make_shared<FakeStream>('b'),
                                                       std::make_shared<FakeStream>('c')};
    const qint64 limit = size > 0 ? 100 + data[0] * 20 : 100;
    SendQueueCounters counted;
    SendQueue queue(limit, &counted);
    NaiveSendQueue naive(limit);
    quint64 offset = 0;
    for (size_t i = 1; i < size; ++i) {
        const uint8_t byte = data[i];
        if (byte & 0x80) {
            const QByteArray front = gathered(queue, 1 + (byte & 3));
            fuzz::require(front == (naive.size() > 0 ? naive.gather(1 + (byte & 3)) : QByteArray()));
            const qint64 taken = std::min<qint64>(front.size(), (byte & 0x3c) * 2);
            queue.consume(taken);
            naive.consume(taken);
            if (byte & 0x40 && !queue.isEmpty())
                fuzz::require(queue.takeFront() == naive.takeFront());
        } else {
            const auto frame = Frame::create(QByteArray(8 + (byte >> 5) * 10, char('a' + i % 26)));
            frame->stream = streams[byte & 3];
            frame->policy = SlowReaderPolicy((byte >> 2) % 3);
            frame->offset = i % 5 == 0 ? 0 : ++offset;
            frame->setKey(QByteArray(1, char('a' + (byte >> 4) % 4)));
            fuzz::require(queue.add(frame) == naive.add(frame));
        }
        fuzz::require(queue.bytes() == naive.bytes());
        fuzz::require(queue.size() == naive.size());
        // A gap more for each stream.
        fuzz::require(queue.bytes() <= limit + 3 * streams[1]->largestGapFrame());
    }
    while (!queue.isEmpty())
        fuzz::require(queue.takeFront() == naive.takeFront());
    fuzz::require(naive.size() == 0 && queue.bytes() == 0);
    fuzz::require(counted.dropped == naive.counters.dropped && counted.replaced == naive.counters.replaced);
    fuzz::require(counted.gaps == naive.counters.gaps);
    return 0;
}
