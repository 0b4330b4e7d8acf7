#include "server/bridge/topicdirectory.h"

#include "core/base/shrink.h"

namespace dialogue::bridge {

TopicDirectory::TopicDirectory(int workers)
    : m_subscribesSent(static_cast<std::size_t>(workers), 0)
{ }

void TopicDirectory::addWorker()
{
    m_subscribesSent.push_back(0);
    for (auto &[topic, lastOfEach] : m_topics)
        lastOfEach.push_back(0);
}

TopicId TopicDirectory::create()
{
    m_topics.emplace(++m_last, std::vector<quint64>(m_subscribesSent.size(), 0));
    return m_last;
}

std::vector<int> TopicDirectory::drop(TopicId topic)
{
    std::vector<int> workers;
    forEachWorker(topic, [&workers](int worker) { workers.push_back(worker); });
    m_topics.erase(topic);
    shrink(m_topics);
    return workers;
}

bool TopicDirectory::subscribe(int worker, TopicId topic)
{
    const auto found = m_topics.find(topic);
    if (found == m_topics.end())
        return false;
    const auto index = static_cast<std::size_t>(worker);
    found->second[index] = ++m_subscribesSent[index];
    return true;
}

void TopicDirectory::idle(int worker, TopicId topic, quint64 subscribesSeen)
{
    const auto found = m_topics.find(topic);
    if (found == m_topics.end())
        return;
    quint64 &last = found->second[static_cast<std::size_t>(worker)];
    if (last <= subscribesSeen)
        last = 0;
}

} // namespace dialogue::bridge
