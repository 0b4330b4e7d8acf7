#include "server/fanout/topictable.h"

#include "testclasses.h"

#include <QTest>

#include <array>
#include <functional>
#include <memory>

using namespace dialogue;

class TestTopicTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversToSubscribersOnce();
    void subscribesOnce();
    void aSubscriberLeavesAllTopicsWhenItGoes();
    void dropsATopic();
    void whoTookThePlaceOfALeaverCanLeaveToo();
    void whoLeftDuringADeliveryIsNotCounted();
    void whoLeavesDuringDeliveryGetsNothingMore();
    void whoIsDestroyedDuringDeliveryGetsNothingMore();
    void whoJoinsDuringDeliveryWaitsForTheNext();
    void aTopicMayBeDroppedDuringItsDelivery();
    void deliveriesNest();
    void theTableMayGoFirst();
};

namespace {

class Subscriber final : public TopicSubscriber
{
public:
    Subscriber()
        : TopicSubscriber(1)
    { }
    Delivered deliver(const Publication &, Occasion) override { return Delivered::Sent; }
    Delivered tellGap(const Gap &) override { return Delivered::Sent; }

    int received = 0;
};

void publish(TopicTable &table, quint64 topic, const std::function<void(Subscriber *)> &also = {})
{
    table.publish(topic, [&](TopicSubscriber &subscriber) {
        auto *each = static_cast<Subscriber *>(&subscriber);
        ++each->received;
        if (also)
            also(each);
    });
}

} // namespace

void TestTopicTable::deliversToSubscribersOnce()
{
    TopicTable table;
    Subscriber one;
    Subscriber two;
    Subscriber other;
    QVERIFY(table.subscribe(&one, 7));
    QVERIFY(table.subscribe(&two, 7));
    QVERIFY(table.subscribe(&other, 8));
    publish(table, 7);
    publish(table, 9);
    QCOMPARE(one.received, 1);
    QCOMPARE(two.received, 1);
    QCOMPARE(other.received, 0);
    QCOMPARE(table.subscriberCount(7), 2U);
}

void TestTopicTable::subscribesOnce()
{
    TopicTable table;
    Subscriber one;
    QVERIFY(table.subscribe(&one, 7));
    QVERIFY(!table.subscribe(&one, 7));
    publish(table, 7);
    QCOMPARE(one.received, 1);
    QVERIFY(table.unsubscribe(&one, 7));
    QVERIFY(!table.unsubscribe(&one, 7));
    QVERIFY(!table.isSubscribed(&one, 7));
    QCOMPARE(table.topicCount(), 0U);
}

void TestTopicTable::aSubscriberLeavesAllTopicsWhenItGoes()
{
    TopicTable table;
    Subscriber stays;
    {
        Subscriber goes;
        for (quint64 topic = 1; topic <= 50; ++topic) {
            table.subscribe(&goes, topic);
            if (topic % 2 == 0)
                table.subscribe(&stays, topic);
        }
        QCOMPARE(goes.topicCount(), 50U);
    }
    QCOMPARE(table.topicCount(), 25U);
    publish(table, 2);
    QCOMPARE(stays.received, 1);
}

void TestTopicTable::whoTookThePlaceOfALeaverCanLeaveToo()
{
    TopicTable table;
    std::array<Subscriber, 4> all;
    for (Subscriber &each : all)
        table.subscribe(&each, 7);
    QVERIFY(table.unsubscribe(&all[0], 7)); // The last takes its place.
    QVERIFY(table.unsubscribe(&all[3], 7));
    publish(table, 7);
    QCOMPARE(all[0].received + all[3].received, 0);
    QCOMPARE(all[1].received, 1);
    QCOMPARE(all[2].received, 1);
}

void TestTopicTable::whoLeftDuringADeliveryIsNotCounted()
{
    TopicTable table;
    Subscriber one;
    Subscriber two;
    table.subscribe(&one, 7);
    table.subscribe(&two, 7);
    publish(table, 7, [&](Subscriber *) {
        table.unsubscribe(&two, 7);
        QCOMPARE(table.subscriberCount(7), 1U);
    });
    QCOMPARE(table.subscriberCount(7), 1U);
}

void TestTopicTable::dropsATopic()
{
    TopicTable table;
    Subscriber one;
    table.subscribe(&one, 1);
    table.subscribe(&one, 2);
    table.dropTopic(1);
    table.dropTopic(3);
    QVERIFY(!table.isSubscribed(&one, 1));
    QVERIFY(table.isSubscribed(&one, 2));
    QCOMPARE(one.topicCount(), 1U);
    publish(table, 1);
    QCOMPARE(one.received, 0);
}

void TestTopicTable::whoLeavesDuringDeliveryGetsNothingMore()
{
    TopicTable table;
    std::array<Subscriber, 5> subscribers;
    for (Subscriber &each : subscribers)
        table.subscribe(&each, 1);
    int deliveries = 0;
    publish(table, 1, [&](Subscriber *) {
        ++deliveries;
        for (std::size_t i : {0U, 2U, 3U})
            table.unsubscribe(&subscribers[i], 1);
    });
    QCOMPARE(deliveries, 3); // The first, who got it before it left, and the two who stay.
    QCOMPARE(subscribers[2].received, 0);
    QCOMPARE(table.subscriberCount(1), 2U);
    publish(table, 1);
    QCOMPARE(subscribers[1].received, 2);
    QCOMPARE(subscribers[4].received, 2);
    QVERIFY(table.unsubscribe(&subscribers[4], 1));
    QVERIFY(table.unsubscribe(&subscribers[1], 1));
}

void TestTopicTable::whoIsDestroyedDuringDeliveryGetsNothingMore()
{
    TopicTable table;
    std::vector<std::unique_ptr<Subscriber>> subscribers;
    for (int i = 0; i < 4; ++i) {
        subscribers.push_back(std::make_unique<Subscriber>());
        table.subscribe(subscribers.back().get(), 1);
    }
    int deliveries = 0;
    table.publish(1, [&](TopicSubscriber &) {
        ++deliveries;
        subscribers.clear();
    });
    QCOMPARE(deliveries, 1);
    QCOMPARE(table.topicCount(), 0U);
}

void TestTopicTable::whoJoinsDuringDeliveryWaitsForTheNext()
{
    TopicTable table;
    Subscriber one;
    std::array<Subscriber, 100> late;
    table.subscribe(&one, 1);
    publish(table, 1, [&](Subscriber *) {
        for (Subscriber &each : late)
            table.subscribe(&each, 1);
    });
    QCOMPARE(late[0].received, 0);
    publish(table, 1);
    QCOMPARE(late[99].received, 1);
}

void TestTopicTable::aTopicMayBeDroppedDuringItsDelivery()
{
    TopicTable table;
    Subscriber one;
    Subscriber two;
    table.subscribe(&one, 1);
    table.subscribe(&two, 1);
    publish(table, 1, [&](Subscriber *subscriber) {
        table.dropTopic(1);
        table.subscribe(subscriber, 1);
    });
    QCOMPARE(one.received, 1);
    QCOMPARE(two.received, 0);
    QCOMPARE(table.subscriberCount(1), 1U);
}

void TestTopicTable::deliveriesNest()
{
    TopicTable table;
    Subscriber one;
    Subscriber two;
    table.subscribe(&one, 1);
    table.subscribe(&two, 1);
    int depth = 0;
    publish(table, 1, [&](Subscriber *) {
        if (depth++ == 0) {
            publish(table, 1);
            table.unsubscribe(&two, 1);
        }
    });
    QCOMPARE(one.received, 2);
    QCOMPARE(two.received, 1);
    QCOMPARE(table.subscriberCount(1), 1U);
}

void TestTopicTable::theTableMayGoFirst()
{
    auto table = std::make_unique<TopicTable>();
    Subscriber one;
    table->subscribe(&one, 1);
    table.reset();
    QCOMPARE(one.topicCount(), 0U);
}

DIALOGUE_TEST(TestTopicTable, NoApplication)
#include "tst_topictable.moc"
