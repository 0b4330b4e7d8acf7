#include "server/engine/pollingtransport.h"

#include "core/protocol/engineio/packet.h"

#include <utility>

namespace dialogue::engineio {

namespace {

/** Bytes of one answer, unless a single frame has more: a copy is made of it, which lives until it is sent.
 */
constexpr qint64 MostInAnAnswer = 262144;

} // namespace

void PollingTransport::flush()
{
    if (m_poll && !m_queue.isEmpty())
        answer(payloadOf(take(MostInAnAnswer)));
}

void PollingTransport::answer(const QByteArray &payload)
{
    if (const std::unique_ptr<Exchange> poll = std::move(m_poll))
        poll->respond(pollResponse(payload));
}

std::vector<FramePtr> PollingTransport::take(qint64 most)
{
    std::vector<FramePtr> frames;
    while (!m_queue.isEmpty() && (frames.empty() || m_queue.frontBytes() <= most)) {
        frames.push_back(m_queue.takeFrame());
        most -= frames.back()->bytes().size();
    }
    return frames;
}

QByteArray payloadOf(const std::vector<FramePtr> &frames)
{
    QByteArray payload;
    qsizetype size = 0;
    for (const FramePtr &frame : frames)
        size += frame->bytes().size();
    payload.reserve(size); // More for binary, and a little less for the rest.
    for (const FramePtr &frame : frames) {
        for (const Frame::Message &message : frame->messages()) {
            if (!payload.isEmpty())
                payload += RecordSeparator;
            const QByteArrayView bytes = frame->payload(message);
            if (message.binary)
                payload += encodeBase64(bytes);
            else
                payload += bytes;
        }
    }
    return payload;
}

HttpResponse pollResponse(const QByteArray &payload)
{
    HttpResponse response = HttpResponse::of(200, "text/plain; charset=UTF-8", payload);
    response.headers.append("Cache-Control", "no-store");
    return response;
}

HttpResponse postResponse()
{
    // text/html and not text/plain keeps some user agents from offering a download.
    HttpResponse response = HttpResponse::of(200, "text/html", "ok");
    response.headers.append("Cache-Control", "no-store");
    return response;
}

} // namespace dialogue::engineio
