#pragma once

#include "server/fanout/frame.h"
#include "server/tcp/permessagedeflate.h"
#include "server/websocket/deflatecounters.h"

#include <memory>

namespace dialogue {

/**
 * Compresses what a worker sends by WebSockets, and decompresses what it is sent (RFC 7692, section 7.2). No
 * message refers to one before: what is sent to many is compressed once, and connections keep nothing. Of a
 * worker's thread.
 */
class Deflater
{
public:
    explicit Deflater(const PerMessageDeflate &config);
    ~Deflater();
    Q_DISABLE_COPY_MOVE(Deflater)

    /** \a frame with those of its messages compressed that are worth it, and with its rules; itself where
     * none is, or all of it is too large to be compressed in one go. The last one is remembered, for the next
     * who gets the same. */
    [[nodiscard]] FramePtr deflated(const FramePtr &frame);

    struct Inflated
    {
        QByteArray data = {};
        int error = 0; ///< The status to close with: 1007, or 1009 for more than was allowed.
    };
    /** A whole message of a client's, of which at most \a most bytes may come. */
    [[nodiscard]] Inflated inflated(QByteArrayView message, qint64 most);

    [[nodiscard]] const DeflateCounters &counters() const { return m_counters; }

private:
    class Compressor;
    class Decompressor;

    [[nodiscard]] FramePtr compress(const Frame &frame);

    const PerMessageDeflate m_config;
    DeflateCounters m_counters;
    // Made when they are needed: some hundred KiB.
    std::unique_ptr<Compressor> m_compressor;
    std::unique_ptr<Decompressor> m_decompressor;
    FramePtr m_last; ///< What was compressed last,
    FramePtr m_lastDeflated; ///< and what came of it.
};

} // namespace dialogue
