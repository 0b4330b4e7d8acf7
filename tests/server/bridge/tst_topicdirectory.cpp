#include "server/bridge/topicdirectory.h"

#include "testclasses.h"

#include <QTest>

using dialogue::TopicId;
using dialogue::bridge::TopicDirectory;

namespace {

QList<int> workersOf(const TopicDirectory &directory, TopicId topic)
{
    QList<int> workers;
    directory.forEachWorker(topic, [&workers](int worker) { workers.append(worker); });
    return workers;
}

} // namespace

class TestTopicDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhoMayHaveSubscribers()
    {
        TopicDirectory directory(3);
        const TopicId topic = directory.create();
        QVERIFY(workersOf(directory, topic).isEmpty());
        QVERIFY(directory.subscribe(2, topic));
        QVERIFY(directory.subscribe(0, topic));
        QVERIFY(directory.subscribe(0, topic));
        QCOMPARE(workersOf(directory, topic), (QList<int>{0, 2}));
    }

    void forgetsAnIdleWorker()
    {
        TopicDirectory directory(2);
        const TopicId topic = directory.create();
        const TopicId other = directory.create();
        QVERIFY(directory.subscribe(1, other));
        QVERIFY(directory.subscribe(1, topic));
        directory.idle(1, topic, 2);
        QVERIFY(workersOf(directory, topic).isEmpty());
        QCOMPARE(workersOf(directory, other), QList<int>{1});
    }

    void doesNotForgetASubscribeOnItsWay()
    {
        TopicDirectory directory(1);
        const TopicId topic = directory.create();
        QVERIFY(directory.subscribe(0, topic));
        QVERIFY(directory.subscribe(0, topic));
        directory.idle(0, topic, 1); // The worker had seen only the first when it said so.
        QCOMPARE(workersOf(directory, topic), QList<int>{0});
    }

    void dropsATopic()
    {
        TopicDirectory directory(2);
        const TopicId topic = directory.create();
        QVERIFY(directory.subscribe(1, topic));
        QCOMPARE(directory.drop(topic), std::vector<int>{1});
        QVERIFY(!directory.subscribe(1, topic));
        QVERIFY(directory.create() != topic);
        directory.idle(1, topic, 1);
        QVERIFY(!directory.subscribe(2, topic)); // It has not come back.
    }
};

DIALOGUE_TEST(TestTopicDirectory, QCoreApplication)
#include "tst_topicdirectory.moc"
