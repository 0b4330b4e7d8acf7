#include "server/websocket/deflater.h"
#include "tests/fuzz/require.h"

using namespace dialogue;

/** The input is a compressed message of a client's: of whatever it is, no more comes than was allowed. And as
 * a message of ours it is read as it was written. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    constexpr qint64 Most = 20'000;
    const QByteArrayView bytes = fuzz::view(data, size);
    Deflater deflater({.threshold = 64});
    const Deflater::Inflated inflated = deflater.inflated(bytes, Most);
    fuzz::require(inflated.data.size() <= Most);
    fuzz::require(inflated.error == 0 || inflated.data.isEmpty());
    const FramePtr frame = Frame::create(bytes.toByteArray());
    const FramePtr deflated = deflater.deflated(frame);
    if (deflated != frame) {
        fuzz::require(deflated->bytes().size() < frame->bytes().size());
        const qsizetype header = deflated->bytes().size() < 128 ? 2
            : deflated->bytes().size() < 65540                  ? 4
                                                                : 10;
        const QByteArrayView payload = QByteArrayView(deflated->bytes()).sliced(header);
        fuzz::require(deflater.inflated(payload, bytes.size()).data == bytes);
    }
    return 0;
}
