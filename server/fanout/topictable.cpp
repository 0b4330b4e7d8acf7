#include "server/fanout/topictable.h"

#include "core/base/shrink.h"

#include <algorithm>

namespace dialogue {

TopicSubscriber::~TopicSubscriber()
{
    if (m_table)
        m_table->unsubscribeAll(this);
}

TopicTable::~TopicTable()
{
    for (auto &[id, topic] : m_topics) {
        for (TopicSubscriber *subscriber : topic.subscribers) {
            if (subscriber) {
                subscriber->m_memberships.clear();
                subscriber->m_table = nullptr;
            }
        }
    }
}

bool TopicTable::subscribe(TopicSubscriber *subscriber, quint64 id)
{
    auto &subscribers = m_topics[id].subscribers;
    if (!subscriber->m_memberships.emplace(id, subscribers.size()).second)
        return false;
    subscriber->m_table = this;
    subscribers.push_back(subscriber);
    return true;
}

bool TopicTable::unsubscribe(TopicSubscriber *subscriber, quint64 id)
{
    const auto membership = subscriber->m_memberships.find(id);
    if (membership == subscriber->m_memberships.end())
        return false;
    const std::size_t index = membership->second;
    subscriber->m_memberships.erase(membership);
    shrink(subscriber->m_memberships);
    leave(id, index);
    return true;
}

void TopicTable::unsubscribeAll(TopicSubscriber *subscriber)
{
    const auto memberships = std::exchange(subscriber->m_memberships, {});
    for (const auto &[id, index] : memberships)
        leave(id, index);
}

void TopicTable::dropTopic(quint64 id)
{
    const auto it = m_topics.find(id);
    if (it == m_topics.end())
        return;
    Topic &topic = it->second;
    for (TopicSubscriber *&subscriber : topic.subscribers) {
        if (subscriber) {
            subscriber->m_memberships.erase(id);
            shrink(subscriber->m_memberships);
            subscriber = nullptr;
            ++topic.holes;
        }
    }
    tidy(id, topic);
}

bool TopicTable::isSubscribed(const TopicSubscriber *subscriber, quint64 id) const
{
    return subscriber->m_table == this && subscriber->m_memberships.contains(id);
}

std::size_t TopicTable::subscriberCount(quint64 id) const
{
    const auto it = m_topics.find(id);
    return it == m_topics.end() ? 0 : it->second.subscribers.size() - it->second.holes;
}

void TopicTable::leave(quint64 id, std::size_t index)
{
    Topic &topic = m_topics.at(id);
    if (topic.delivering > 0) {
        topic.subscribers[index] = nullptr;
        ++topic.holes;
        return;
    }
    TopicSubscriber *last = topic.subscribers.back();
    topic.subscribers.pop_back();
    if (index < topic.subscribers.size()) {
        topic.subscribers[index] = last;
        last->m_memberships[id] = index;
    }
    tidy(id, topic);
}

void TopicTable::tidy(quint64 id, Topic &topic)
{
    if (topic.delivering > 0)
        return;
    if (topic.holes > 0) {
        std::erase(topic.subscribers, nullptr);
        topic.holes = 0;
        for (std::size_t i = 0; i < topic.subscribers.size(); ++i)
            topic.subscribers[i]->m_memberships[id] = i;
    }
    if (topic.subscribers.empty()) {
        m_topics.erase(id);
        shrink(m_topics);
    }
}

} // namespace dialogue
