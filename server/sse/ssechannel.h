#pragma once

#include "server/sse/ssereader.h"

#include <QObject>

#include <memory>
#include <unordered_map>
#include <vector>

namespace dialogue::sse {

/** Server-sent events in one worker: the requests for its path, and who reads. */
class SseChannel final : public bridge::Channel, private SseReaderOwner
{
public:
    explicit SseChannel(const SseShared &shared);
    ~SseChannel() override;

    bool take(HttpConnection &connection, HttpRequest &request) override;

private:
    void remove(SseReader &reader) override;

    const SseShared m_shared;
    const QByteArray m_path;
    QObject m_thread; ///< What is posted to this worker.
    std::vector<std::unique_ptr<SseReader>> m_ended; ///< Until control is back in the event loop.
    std::unordered_map<SubscriberId, std::unique_ptr<SseReader>> m_readers;
};

/** \a encoding outlives what it makes. */
[[nodiscard]] bridge::ChannelFactory channelFactory(const ServerConfig &config, const Encoding &encoding);

} // namespace dialogue::sse
