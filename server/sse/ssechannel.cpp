#include "server/sse/ssechannel.h"

#include "server/http/httpconnection.h"
#include "server/sse/sserefusal.h"
#include "server/sse/sserequest.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::sse {

SseChannel::SseChannel(const SseShared &shared)
    : m_shared(shared)
    , m_path(shared.config.path.toUtf8())
{ }

SseChannel::~SseChannel() = default;

bool SseChannel::take(HttpConnection &connection, HttpRequest &request)
{
    if (request.path != m_path)
        return false;
    const QByteArray origin = request.headers.value("Origin");
    const auto respond = [&](HttpResponse &&response) {
        m_shared.host.dress(origin, response);
        connection.respond(std::move(response));
        return true;
    };
    if (request.method != "GET") {
        HttpResponse response = HttpResponse::text("Events are read with GET\n", 405);
        response.headers.append("Allow", "GET");
        return respond(std::move(response));
    }
    Result<RoomsWanted> wanted = roomsWanted(request, m_shared.config.maxRooms);
    if (!wanted)
        return respond(refusal(wanted.error(), false, m_shared.config.retry));
    if (m_shared.host.turnsAway()) {
        const Error full{ErrorCode::Unavailable, u"Too much waits to be handled; try again in a moment"_s};
        return respond(refusal(full, readsEvents(request), m_shared.config.retry));
    }
    SseReaderOwner &owner = *this;
    auto made = std::make_unique<SseReader>(owner, m_shared, connection, request);
    SseReader &reader = *made;
    m_readers.emplace(reader.id, std::move(made));
    m_shared.host.connecting(
        reader, connectRequest(request, *std::move(wanted), "sse" + QByteArray::number(reader.id)));
    return true;
}

void SseChannel::remove(SseReader &reader)
{
    const auto found = m_readers.find(reader.id);
    if (found == m_readers.end())
        return;
    if (m_ended.empty())
        QMetaObject::invokeMethod(
            &m_thread, [this] { m_ended.clear(); }, Qt::QueuedConnection);
    m_ended.push_back(std::move(found->second));
    m_readers.erase(found);
}

bridge::ChannelFactory channelFactory(const ServerConfig &config, const Encoding &encoding)
{
    return [sse = config.channels.sse, sendQueue = config.limits.sendQueue,
            &encoding](bridge::ChannelHost &host) -> std::unique_ptr<bridge::Channel> {
        return std::make_unique<SseChannel>(
            SseShared{.host = host, .encoding = encoding, .config = sse, .sendQueue = sendQueue});
    };
}

} // namespace dialogue::sse
