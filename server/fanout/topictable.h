#pragma once

#include "server/fanout/frame.h"
#include "server/fanout/framestream.h"
#include "server/fanout/occasion.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace dialogue {

class Publication;
class RoomStream;
class TopicTable;

/** Unique on its server; the upper bits are its worker. */
using SubscriberId = quint64;

/** Of the events \a from to \a to of a room, both included, some will not come. */
struct Gap
{
    std::shared_ptr<const RoomStream> room;
    quint64 from = 0;
    quint64 to = 0;
    GapReason reason = GapReason::Dropped;
};

/** What became of it. */
enum class Delivered {
    Sent, ///< Or dropped, by the policy that the receiver knows of.
    Behind, ///< Volatile, and not for who is behind.
    NotSpoken, ///< It is not in the receiver's words.
};

/** One who gets what topics carry, by whatever channel; unsubscribed from all of them by its destruction. */
class TopicSubscriber
{
public:
    explicit TopicSubscriber(SubscriberId itsId)
        : id(itsId)
    { }
    TopicSubscriber(const TopicSubscriber &) = delete;
    TopicSubscriber &operator=(const TopicSubscriber &) = delete;
    virtual ~TopicSubscriber();

    /** May end this, and others. */
    virtual Delivered deliver(const Publication &publication, Occasion occasion) = 0;
    virtual Delivered tellGap(const Gap &gap) = 0;
    /** What the server says beside what rooms publish, in Socket.IO's words: for who speaks them. */
    virtual Delivered notify(const FramePtr &frame)
    {
        Q_UNUSED(frame)
        return Delivered::NotSpoken;
    }

    [[nodiscard]] std::size_t topicCount() const { return m_memberships.size(); }

    const SubscriberId id;

private:
    friend class TopicTable;
    TopicTable *m_table = nullptr;
    std::unordered_map<quint64, std::size_t> m_memberships; ///< Topic to place in its list.
};

/**
 * Who gets what, in one worker: topics and their subscribers. Knows no channels. Subscribing and
 * unsubscribing take constant time; subscribers may come and go while a topic is being delivered to, also the
 * one delivered to.
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
    template <class Deliver>
    void publish(quint64 topic, Deliver &&deliver);

    [[nodiscard]] bool isSubscribed(const TopicSubscriber *subscriber, quint64 topic) const;
    [[nodiscard]] std::size_t subscriberCount(quint64 topic) const;
    /** With at least one subscriber. */
    [[nodiscard]] std::size_t topicCount() const { return m_topics.size(); }

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

template <class Deliver>
void TopicTable::publish(quint64 id, Deliver &&deliver)
{
    const auto it = m_topics.find(id);
    if (it == m_topics.end())
        return;
    // A node of an unordered_map stays where it is, and while it is delivered to it is not removed. By index:
    // those who join meanwhile may move the list.
    Topic &topic = it->second;
    ++topic.delivering;
    const std::size_t count = topic.subscribers.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (TopicSubscriber *subscriber = topic.subscribers[i])
            deliver(*subscriber);
    }
    --topic.delivering;
    tidy(id, topic);
}

} // namespace dialogue
