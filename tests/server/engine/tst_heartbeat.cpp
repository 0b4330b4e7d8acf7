#include "server/engine/heartbeat.h"

#include "moment.h"
#include "testclasses.h"

#include <QTest>
#include <QThread>

#include <functional>
#include <memory>
#include <vector>

using namespace dialogue;
using namespace dialogue::engineio;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** Several heartbeats and other moments in one queue, and the order in which they came. */
class Sequence
{
public:
    /** Adds \a name to `happened` for its ping ("name pinged") and for the end ("name missed"). */
    Heartbeat *heartbeat(const QString &name, std::chrono::milliseconds interval = Interval,
                         std::chrono::milliseconds timeout = Timeout)
    {
        m_clients.push_back(std::make_unique<Client>(this, name, interval, timeout));
        m_clients.back()->heartbeat.start();
        return &m_clients.back()->heartbeat;
    }
    /** Calls \a function after \a delay from now. */
    void after(std::chrono::milliseconds delay, const std::function<void()> &function)
    {
        m_moments.push_back(std::make_unique<test::Moment>(&m_queue, delay, function));
    }
    void mark(std::chrono::milliseconds delay, const QString &name)
    {
        after(delay, [this, name] { happened.append(name); });
    }

    static constexpr std::chrono::milliseconds Interval{1};
    static constexpr std::chrono::milliseconds Timeout{100};
    QStringList happened;

private:
    struct Client final : HeartbeatListener
    {
        Client(Sequence *all, const QString &called, std::chrono::milliseconds interval,
               std::chrono::milliseconds timeout)
            : sequence(all)
            , name(called)
            , heartbeat(&all->m_queue, interval, timeout, this)
        { }
        void pingDue() override { sequence->happened.append(name + QStringLiteral(" pinged")); }
        void pongMissing() override { sequence->happened.append(name + QStringLiteral(" missed")); }
        Sequence *sequence;
        QString name;
        Heartbeat heartbeat;
    };
    DeadlineQueue m_queue;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::vector<std::unique_ptr<test::Moment>> m_moments;
};

} // namespace

/** When a session is pinged and when it is given up. */
class TestHeartbeat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pingsAfterTheIntervalAndGivesUpAfterTheTimeout()
    {
        Sequence s;
        s.heartbeat(u"a"_s, 20ms, 40ms);
        s.mark(10ms, u"10"_s);
        s.mark(50ms, u"50"_s);
        s.mark(200ms, u"200"_s);
        QTRY_COMPARE(s.happened, (QStringList{u"10"_s, u"a pinged"_s, u"50"_s, u"a missed"_s, u"200"_s}));
    }

    void pingsAgainAnIntervalAfterEachPong()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s, 30ms, 1h);
        s.after(40ms, [&] {
            a->pong();
            s.mark(20ms, u"soon"_s);
        });
        QTRY_COMPARE(s.happened, (QStringList{u"a pinged"_s, u"soon"_s, u"a pinged"_s}));
    }

    void aPongThatNobodyAskedForPutsThePingOff()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s, 60ms, 1h);
        s.after(30ms, [&] { a->pong(); });
        s.mark(70ms, u"70"_s);
        QTRY_COMPARE(s.happened, (QStringList{u"70"_s, u"a pinged"_s}));
    }

    void aStoppedOneStaysSilentAndAPongDoesNotWakeIt()
    {
        Sequence s;
        Heartbeat *const stopped = s.heartbeat(u"stopped"_s);
        stopped->stop();
        stopped->pong();
        s.mark(Sequence::Timeout * 2, u"end"_s);
        QTRY_COMPARE(s.happened, QStringList{u"end"_s});
    }

    void waitsOnceMoreForAClientThatTalks()
    {
        Sequence s;
        s.heartbeat(u"silent"_s);
        Heartbeat *const chatty = s.heartbeat(u"chatty"_s);
        Heartbeat *const talking = s.heartbeat(u"talking"_s);
        s.after(30ms, [&] { chatty->packet(); });
        s.after(60ms, [&] { talking->packet(); });
        s.after(90ms, [&] { chatty->packet(); }); // A second one buys no more time.
        QTRY_COMPARE(s.happened.mid(3),
                     (QStringList{u"silent missed"_s, u"chatty missed"_s, u"talking missed"_s}));
    }

    void waitsOnceMoreAfterEachPing()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s, 1ms, 100ms);
        s.after(20ms, [&] {
            a->packet();
            a->pong();
        });
        s.after(60ms, [&] { a->packet(); }); // Pinged anew: it counts again.
        s.mark(140ms, u"140"_s);
        QTRY_COMPARE(s.happened.mid(2), (QStringList{u"140"_s, u"a missed"_s}));
    }

    void talkingBeforeThePingBuysNothing()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s, 50ms, 1h);
        s.after(25ms, [&] { a->packet(); });
        s.mark(60ms, u"60"_s);
        QTRY_COMPARE(s.happened, (QStringList{u"a pinged"_s, u"60"_s}));
    }

    void neverGivesUpWhileForgiving()
    {
        Sequence s;
        s.heartbeat(u"forgiven"_s, 1ms, 2ms)->setForgiving(true);
        s.mark(100ms, u"100"_s);
        QTRY_COMPARE(s.happened, (QStringList{u"forgiven pinged"_s, u"100"_s}));
    }

    void grantsTheWholeTimeoutWhenItForgivesNoLonger()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s);
        a->setForgiving(true);
        s.after(80ms, [&] { a->setForgiving(false); });
        s.mark(140ms, u"140"_s); // It would have been given up at 101.
        QTRY_COMPARE(s.happened, (QStringList{u"a pinged"_s, u"140"_s, u"a missed"_s}));
    }

    void grantsTheWholeTimeoutAgainWhenExtended()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s);
        s.after(80ms, [&] { a->extend(); });
        s.mark(140ms, u"140"_s);
        QTRY_COMPARE(s.happened, (QStringList{u"a pinged"_s, u"140"_s, u"a missed"_s}));
    }

    void extendingBeforeThePingChangesNothing()
    {
        Sequence s;
        s.heartbeat(u"a"_s, 20ms, 1h)->extend();
        s.mark(40ms, u"40"_s);
        QTRY_COMPARE(s.happened, (QStringList{u"a pinged"_s, u"40"_s}));
    }

    void grantsTheWholeTimeoutWhenTheProcessStoodStill()
    {
        Sequence s;
        s.heartbeat(u"a"_s);
        s.mark(160ms, u"160"_s);
        QThread::msleep(80); // The ping goes out so late that its answer cannot be there at 101.
        QTRY_COMPARE(s.happened, (QStringList{u"a pinged"_s, u"160"_s, u"a missed"_s}));
    }

    void isOverdueFromTheMomentThePongIsMissing()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s);
        QVERIFY(!a->isOverdue());
        QTRY_COMPARE(s.happened, QStringList{u"a pinged"_s});
        QVERIFY(!a->isOverdue());
        QThread::msleep(ulong(Sequence::Timeout.count()) + 1); // Nobody looks at the queue meanwhile.
        QVERIFY(a->isOverdue());
        a->setForgiving(true);
        QVERIFY(!a->isOverdue());
    }

    void isNotOverdueWhenItIsTheServerThatIsLateWithThePing()
    {
        Sequence s;
        Heartbeat *const a = s.heartbeat(u"a"_s);
        QThread::msleep(10);
        QVERIFY(!a->isOverdue());
    }
};

DIALOGUE_TEST(TestHeartbeat, QCoreApplication)
#include "tst_heartbeat.moc"
