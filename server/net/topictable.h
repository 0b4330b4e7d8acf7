#pragma once

#include <QtGlobal>

#include <functional>
#include <unordered_map>
#include <vector>

namespace dialogue {

class TopicTable;

/** Something that topics deliver to; unsubscribed from all of them by its destruction. */
class TopicSubscriber
{
public:
    TopicSubscriber() = default;
    TopicSubscriber(const TopicSubscriber &) = delete;
    TopicSubscriber &operator=(const TopicSubscriber &) = delete;
    virtual ~TopicSubscriber();

    [[nodiscard]] std::size_t topicCount() const { return m_memberships.size(); }

private:
    friend class TopicTable;
    TopicTable *m_table = nullptr;
    std::unordered_map<quint64, std::size_t> m_memberships; ///< Topic to place in its list.
};

/**
 * Who gets what, in one worker: topics and their subscribers. Knows no sockets. Subscribing and unsubscribing
 * take constant time; subscribers may come and go while a topic is being delivered to, also the one delivered
 * to.
 */
class TopicTable
{
public:
    TopicTable() = default;
    TopicTable(const TopicTable &) = delete;
    TopicTable &operator=(const TopicTable &) = delete;
    ~TopicTable();

    /** False when it was subscribed already. A subscriber belongs to one table. */
    bool subscribe(TopicSubscriber *subscriber, quint64 topic);
    bool unsubscribe(TopicSubscriber *subscriber, quint64 topic); ///< False when it was not subscribed.
    void unsubscribeAll(TopicSubscriber *subscriber);
    void dropTopic(quint64 topic);

    /**
     * Calls \a deliver for each subscriber of \a topic; not for those who join during the call, nor for those
     * who leave before their turn.
     */
    void publish(quint64 topic, const std::function<void(TopicSubscriber *)> &deliver);

    [[nodiscard]] bool isSubscribed(const TopicSubscriber *subscriber, quint64 topic) const;
    [[nodiscard]] std::size_t subscriberCount(quint64 topic) const;
    [[nodiscard]] std::size_t topicCount() const
    {
        return m_topics.size();
    } ///< With at least one subscriber.

private:
    struct Topic
    {
        std::vector<TopicSubscriber *> subscribers; ///< Null: left while the topic was being delivered to.
        std::size_t holes = 0;
        int delivering = 0;
    };
    void leave(quint64 id, std::size_t index);
    void tidy(quint64 id, Topic &topic);

    std::unordered_map<quint64, Topic> m_topics;
};

} // namespace dialogue
