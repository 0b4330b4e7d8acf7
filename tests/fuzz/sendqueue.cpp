#include "server/net/sendqueue.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <array>

using namespace dialogue;

/**
 * Each byte of the input adds a frame or writes some of what waits. Whatever is dropped: frames leave whole,
 * in the order they were added, and the queue keeps to its bound.
 */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    constexpr qint64 Limit = 100;
    SendQueue queue(Limit);
    QByteArray wire;
    uint8_t number = 0;
    QList<QByteArray> queued;
    for (size_t i = 0; i < size; ++i) {
        const uint8_t byte = data[i];
        if (byte & 0x80) {
            std::array<iovec, 3> vectors{};
            QByteArray front;
            for (size_t v = 0, count = queue.gather(vectors); v < count; ++v)
                front.append(static_cast<const char *>(vectors[v].iov_base), qsizetype(vectors[v].iov_len));
            front.truncate(byte & 0x3f);
            const qint64 before = queue.bytes();
            queue.consume(front.size());
            fuzz::require(before - queue.bytes() == front.size());
            wire.append(front);
            if (byte & 0x40 && !queue.isEmpty())
                wire.append(queue.takeFront());
            continue;
        }
        const auto frame = Frame::create(QByteArray(1 + (byte >> 4) * 5, char(++number)));
        frame->stream = byte & 3;
        frame->policy = SlowReaderPolicy((byte >> 2) % 3);
        frame->key = QByteArray(1, char('a' + (byte >> 3) % 2));
        if (queue.add(frame) == SendQueue::Added::Queued)
            queued.append(frame->bytes());
        fuzz::require(queue.bytes() <= Limit);
    }
    while (!queue.isEmpty())
        wire.append(queue.takeFront());
    fuzz::require(queue.bytes() == 0);

    // What left are whole frames of those that were queued, in their order.
    auto next = queued.cbegin();
    for (QByteArrayView rest(wire); !rest.isEmpty();) {
        next = std::find_if(next, queued.cend(),
                            [&](const QByteArray &frame) { return rest.startsWith(frame); });
        fuzz::require(next != queued.cend());
        rest = rest.sliced(next->size());
        ++next;
    }
    return 0;
}
