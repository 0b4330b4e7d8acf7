#pragma once

#include "server/bridge/gateway.h"

#include <optional>
#include <vector>

namespace dialogue {

/** All who are in a room, as one who is told things beside its events: a topic, made when somebody is told
 * something for the first time. */
class Audience
{
public:
    explicit Audience(Publisher &publisher)
        : m_publisher(publisher)
    { }
    ~Audience()
    {
        if (m_topic)
            m_publisher.dropTopic(*m_topic);
    }
    Q_DISABLE_COPY_MOVE(Audience)

    [[nodiscard]] bool isGathered() const { return m_topic.has_value(); }
    /** Of \a sockets, all who are there. */
    void gather(const std::vector<SocketId> &sockets)
    {
        m_topic = m_publisher.createTopic();
        for (const SocketId socket : sockets)
            m_publisher.subscribe(socket, *m_topic);
    }
    void add(SocketId socket)
    {
        if (m_topic)
            m_publisher.subscribe(socket, *m_topic);
    }
    void remove(SocketId socket)
    {
        if (m_topic)
            m_publisher.unsubscribe(socket, *m_topic);
    }
    /** Once it is gathered. */
    void tell(const FramePtr &frame, const std::vector<SocketId> &except)
    {
        m_publisher.notify(*m_topic, frame, except);
    }

private:
    Publisher &m_publisher;
    std::optional<TopicId> m_topic;
};

} // namespace dialogue
