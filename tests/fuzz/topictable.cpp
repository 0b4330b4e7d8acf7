#include "server/fanout/topictable.h"
#include "tests/fuzz/require.h"

#include <array>
#include <map>
#include <memory>
#include <set>

using namespace dialogue;

namespace {

constexpr size_t Subscribers = 8;

class Subscriber final : public TopicSubscriber
{
public:
    Subscriber()
        : TopicSubscriber(1)
    { }
    Delivered deliver(const Publication &, Occasion) override { return Delivered::Sent; }
    Delivered tellGap(const Gap &) override { return Delivered::Sent; }
};

/** The table under test, beside one that is too simple to be wrong. */
class Model
{
public:
    Model()
    {
        for (auto &subscriber : m_subscribers)
            subscriber = std::make_unique<Subscriber>();
    }

    void run(const uint8_t *data, size_t size)
    {
        while (m_at < size)
            step(data, size, 0);
        for (quint64 topic = 0; topic < 4; ++topic)
            fuzz::require(m_table.subscriberCount(topic) == m_expected[topic].size());
    }

private:
    void step(const uint8_t *data, size_t size, int depth)
    {
        const uint8_t byte = data[m_at++];
        const size_t who = byte & 7;
        const quint64 topic = (byte >> 3) & 3;
        TopicSubscriber *subscriber = m_subscribers[who].get();
        switch (byte >> 5) {
        case 0:
        case 1:
        case 2:
            fuzz::require(m_table.subscribe(subscriber, topic) == m_expected[topic].insert(who).second);
            break;
        case 3:
            fuzz::require(m_table.unsubscribe(subscriber, topic) == (m_expected[topic].erase(who) == 1));
            break;
        case 4: // Goes, and another comes.
            m_subscribers[who] = std::make_unique<Subscriber>();
            for (auto &[each, members] : m_expected)
                members.erase(who);
            break;
        case 5:
            m_table.dropTopic(topic);
            m_expected[topic].clear();
            break;
        default: {
            // Each delivery does the next step, so that the table changes while it is read.
            std::set<TopicSubscriber *> seen;
            m_table.publish(topic, [&](TopicSubscriber &each) {
                fuzz::require(m_table.isSubscribed(&each, topic));
                if (m_at < size && depth < 3)
                    step(data, size, depth + 1);
                else
                    fuzz::require(seen.insert(&each).second);
            });
        }
        }
    }

    TopicTable m_table;
    std::array<std::unique_ptr<TopicSubscriber>, Subscribers> m_subscribers;
    std::map<quint64, std::set<size_t>> m_expected;
    size_t m_at = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Model().run(data, size);
    return 0;
}
