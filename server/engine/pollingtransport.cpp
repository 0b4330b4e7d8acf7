#include "server/engine/pollingtransport.h"

#include "core/protocol/engineio/packet.h"

#include <utility>

namespace dialogue::engineio {

namespace {

constexpr char recordSeparator = '\x1e';

} // namespace

void PollingTransport::flush()
{
    if (m_poll && !m_queue.isEmpty())
        answer(payloadOf(take()));
}

void PollingTransport::answer(const QByteArray &payload)
{
    if (const std::unique_ptr<Exchange> poll = std::move(m_poll))
        poll->respond(pollResponse(payload));
}

std::vector<FramePtr> PollingTransport::take()
{
    std::vector<FramePtr> frames;
    frames.reserve(m_queue.size());
    while (!m_queue.isEmpty())
        frames.push_back(m_queue.takeFrame());
    return frames;
}

QByteArray payloadOf(const std::vector<FramePtr> &frames)
{
    QByteArray payload;
    for (const FramePtr &frame : frames) {
        for (const Frame::Message &message : frame->messages()) {
            if (!payload.isEmpty())
                payload += recordSeparator;
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
