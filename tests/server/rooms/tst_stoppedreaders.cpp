#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Clients that come back to a room and stop reading while they are sent what they missed. */
class TestStoppedReaders : public QObject
{
    Q_OBJECT

    static constexpr int Many = 1000;
    static constexpr int Events = 300;
    static constexpr int Window = 20; ///< Events that the room keeps; twice of it while somebody reads.

    static ServerConfig config(SlowReaderPolicy policy)
    {
        ServerConfig config{.rooms = {{.id = u"a"_s,
                                       .name = u"A"_s,
                                       .events = {defineEvent(u"message"_s)},
                                       .defaultSubscriptions = {u"message"_s},
                                       .slowReader = policy}}};
        config.history.recoveryEvents = Window;
        return config;
    }
    /** So many are in the middle of what they missed, and read no more. */
    static void stop(RoomsFixture &f, int count)
    {
        for (int i = 0; i < Window; ++i) // Six go into what is sent at once.
            QVERIFY(f.rooms.find(u"a"_s)->trigger(u"message"_s, QString(10'000, u'x')).result());
        const QJsonObject since{{u"epoch"_s, QString::fromLatin1(f.rooms.find(u"a"_s)->epoch())},
                                {u"offset"_s, 0}};
        for (int i = 0; i < count; ++i) {
            f.ask(f.connectAs(u"reader%1"_s.arg(i)), names::join,
                  QJsonObject{{u"roomId"_s, u"a"_s}, {u"since"_s, since}});
        }
    }

    /** Of each event of a bystander. */
    struct Costs
    {
        QList<int> steps; ///< What the hub has had to say.
        QList<int> subscribers;
    };
    static Costs costs(SlowReaderPolicy policy, int readers)
    {
        Costs costs;
        RoomsFixture f(config(policy));
        stop(f, readers);
        const SocketId bystander = f.joined(u"bystander"_s, u"a"_s);
        Room *const room = f.rooms.find(u"a"_s);
        connect(room, &Room::eventCompleted, room,
                [&costs](const EventMessage &, int subscribers) { costs.subscribers.append(subscribers); });
        for (int i = 0; i < Events; ++i) {
            const int before = f.gateway.calls;
            f.ask(bystander, names::trigger, trigger(u"message"_s, i, u"a"_s));
            costs.steps.append(f.gateway.calls - before);
        }
        QStringList got = f.takeNames(bystander);
        got.removeDuplicates();
        if (got != QStringList{u"dialogue:event"_s, u"ack"_s})
            qFatal("%s", qPrintable(got.join(u' ')));
        if (f.rooms.replayCounters().running != readers)
            qFatal("they read on");
        return costs;
    }

private Q_SLOTS:
    void costABystandersEventNothing_data()
    {
        QTest::addColumn<SlowReaderPolicy>("policy");
        QTest::newRow("dropOldest") << SlowReaderPolicy::DropOldest;
        QTest::newRow("keepLatest") << SlowReaderPolicy::KeepLatest;
    }
    void costABystandersEventNothing()
    {
        QFETCH(SlowReaderPolicy, policy);
        const Costs with = costs(policy, Many);
        QCOMPARE(with.steps, costs(policy, 0).steps);
        QCOMPARE(with.subscribers, QList<int>(Events, Many + 1)); // They are going to get it.
    }

    void areDisconnectedAFewByEachEvent()
    {
        const Costs without = costs(SlowReaderPolicy::Disconnect, 0);
        const Costs with = costs(SlowReaderPolicy::Disconnect, Many);
        int disconnected = 0;
        for (int i = 0; i < Events; ++i) {
            const int more = with.steps[i] - without.steps[i];
            QVERIFY2(more >= 0 && more <= LogReaders::MostDropped, qPrintable(QString::number(more)));
            disconnected += more;
        }
        QCOMPARE(disconnected, Many);
    }
};

DIALOGUE_TEST(TestStoppedReaders, QCoreApplication)
#include "tst_stoppedreaders.moc"
