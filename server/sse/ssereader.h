#pragma once

#include "server/bridge/channel.h"
#include "server/config/serverconfig.h"
#include "server/eventstream/eventstream.h"
#include "server/fanout/encoding.h"
#include "server/http/pendingrequest.h"

#include <QPointer>

#include <vector>

namespace dialogue {
class HttpConnection;
}

namespace dialogue::sse {

class SseReader;

/** What all readers of one worker share. */
struct SseShared
{
    bridge::ChannelHost &host;
    const Encoding &encoding;
    const SseConfig config;
    const qint64 sendQueue; ///< Bytes that may wait for one.
};

/** Who keeps readers. */
class SseReaderOwner
{
public:
    virtual ~SseReaderOwner() = default;
    /** It has ended: destroyed later, as it may be what calls. */
    virtual void remove(SseReader &reader) = 0;
};

/**
 * One who reads server-sent events: first a request that waits until the hub lets it in, then a stream that
 * ends when either side goes. Lives in its worker's thread.
 */
class SseReader final : public bridge::ChannelReader, private PendingRequest, private EventStreamListener
{
public:
    SseReader(SseReaderOwner &owner, const SseShared &shared, HttpConnection &connection,
              const HttpRequest &request);
    ~SseReader() override;

    // ChannelReader
    Delivered deliver(const Publication &publication, Occasion occasion) override;
    Delivered tellGap(const Gap &gap) override;
    void accepted(const QByteArray &sid) override;
    void refused(const QString &message, const QJsonValue &data) override;
    void disconnect(DisconnectReason reason) override;
    void tellWhenDrained(qint64 mark, quint64 token) override;
    void askWhetherAlive() override;
    [[nodiscard]] qint64 queuedBytes() const override;
    [[nodiscard]] SendQueue *sendQueue() override { return m_stream ? &m_stream->queue() : nullptr; }

private:
    // PendingRequest
    void aborted() override;
    // EventStreamListener
    void streamClosed() override;
    void sendQueueOverflowed() override;
    void drained() override;

    Delivered send(const FramePtr &frame);
    void respond(HttpResponse &&response);
    void beat();
    /** Once. */
    void gone(DisconnectReason reason);

    SseReaderOwner &m_owner;
    const SseShared &m_shared;
    HttpConnection *m_connection; ///< Until it is let in.
    const QByteArray m_origin;
    const bool m_readsEvents; ///< It says that it takes event streams.
    std::vector<FramePtr> m_early; ///< What came before it was let in.
    qint64 m_earlyBytes = 0;
    QPointer<EventStream> m_stream;
    quint64 m_drainToken = 0;
    bool m_isGone = false;
    bool m_saidSomething = true; ///< Since the last beat.
    bool m_wasStuck = false; ///< At the last beat.
    MemberDeadline<&SseReader::beat, SseReader> m_heartbeat{this};
};

} // namespace dialogue::sse
