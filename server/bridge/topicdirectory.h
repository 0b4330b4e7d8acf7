#pragma once

#include "server/bridge/gateway.h"

#include <unordered_map>
#include <vector>

namespace dialogue::bridge {

/**
 * Which workers have subscribers of a topic, as far as the hub knows: never too few, and a worker that proves
 * to have none is forgotten. So a publication wakes only those concerned, without the hub keeping track of
 * every subscriber.
 */
class TopicDirectory
{
public:
    explicit TopicDirectory(int workers);
    void addWorker();

    TopicId create();
    /** The workers to tell. */
    std::vector<int> drop(TopicId topic);
    /** Before a Subscribe is sent to \a worker. False for a topic that does not exist. */
    bool subscribe(int worker, TopicId topic);
    /** \a worker had no subscriber after its first \a subscribesSeen Subscribes. */
    void idle(int worker, TopicId topic, quint64 subscribesSeen);

    /** Calls \a tell with each worker that may have subscribers. */
    template <class Tell>
    void forEachWorker(TopicId topic, Tell &&tell) const
    {
        const auto found = m_topics.find(topic);
        if (found == m_topics.end())
            return;
        for (std::size_t worker = 0; worker < found->second.size(); ++worker) {
            if (found->second[worker] > 0)
                tell(static_cast<int>(worker));
        }
    }
    [[nodiscard]] int workers() const { return static_cast<int>(m_subscribesSent.size()); }

private:
    std::vector<quint64> m_subscribesSent; ///< Per worker.
    /** Per worker, which of its Subscribes was the last for this topic; 0: it has no subscriber. */
    std::unordered_map<TopicId, std::vector<quint64>> m_topics;
    TopicId m_last = 0;
};

} // namespace dialogue::bridge
