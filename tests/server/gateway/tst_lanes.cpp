#include "server/gateway/lanes.h"

#include "testclasses.h"

#include <QTest>

#include <map>
#include <memory>
#include <random>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

/** "a1": the first of lane a. A message may keep its lane, as those of a session do. */
struct Message
{
    QString name;
    std::shared_ptr<gateway::Lane<Message>> lane = {};
};
using NamedLane = gateway::Lane<Message>;
using NamedLanes = gateway::Lanes<Message>;

/** NamedLanes by the letters of their messages. */
class Fixture
{
public:
    NamedLanes::Ticket add(const QString &name)
    {
        return lanes.add(lane(name[0]), Message{.name = name, .lane = {}});
    }
    NamedLane &lane(QChar letter) { return m_lanes[letter]; }
    /** Serves one; its name, or nothing. */
    QString next(const std::function<void(const QString &)> &meanwhile = {})
    {
        QString served;
        const bool any = lanes.serveNext([&](Message &message) {
            served = message.name;
            if (meanwhile)
                meanwhile(served);
        });
        return any ? served : QString();
    }
    QString all()
    {
        QStringList names;
        while (!lanes.isEmpty())
            names.append(next());
        return names.join(u' ');
    }

private:
    std::map<QChar, NamedLane> m_lanes; // They outlive what waits in them.
public:
    NamedLanes lanes;
};

} // namespace

class TestLanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesOneOfEachInTurn_data()
    {
        QTest::addColumn<QString>("added");
        QTest::addColumn<QString>("served");
        QTest::newRow("nothing") << u""_s << u""_s;
        QTest::newRow("one") << u"a1"_s << u"a1"_s;
        QTest::newRow("one lane keeps its order") << u"a1 a2 a3"_s << u"a1 a2 a3"_s;
        QTest::newRow("two in turn") << u"a1 a2 a3 b1 b2"_s << u"a1 b1 a2 b2 a3"_s;
        QTest::newRow("in the order they came") << u"b1 a1 c1 a2 b2"_s << u"b1 a1 c1 b2 a2"_s;
        QTest::newRow("one flood") << u"a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 c1"_s
                                   << u"a1 b1 c1 a2 a3 a4 a5 a6 a7 a8 a9"_s;
    }
    void servesOneOfEachInTurn()
    {
        QFETCH(QString, added);
        QFETCH(QString, served);
        Fixture fixture;
        for (const QString &name : added.split(u' ', Qt::SkipEmptyParts))
            fixture.add(name);
        QCOMPARE(fixture.all(), served);
        QCOMPARE(fixture.lanes.waiting(), 0);
        QCOMPARE(fixture.lanes.lanes(), 0);
    }

    void aNewcomerWaitsForOneOfEach()
    {
        Fixture fixture;
        for (int i = 0; i < 256; ++i) {
            fixture.add(u"a"_s + QString::number(i));
            fixture.add(u"b"_s + QString::number(i));
        }
        // While one of a is being served.
        QCOMPARE(fixture.next([&](const QString &) { fixture.add(u"n"_s); }), u"a0"_s);
        QCOMPARE(fixture.next(), u"b0"_s);
        QCOMPARE(fixture.next(), u"n"_s);
        QCOMPARE(fixture.next(), u"a1"_s);
    }

    void whoIsServedMaySendMore()
    {
        Fixture fixture;
        fixture.add(u"a1"_s);
        QVERIFY(!fixture.lane(u'a').isIdle());
        QCOMPARE(fixture.next([&](const QString &) {
            QVERIFY(!fixture.lane(u'a').isIdle()); // What comes now must not pass it.
            fixture.add(u"a2"_s);
        }),
                 u"a1"_s);
        QCOMPARE(fixture.all(), u"a2"_s);
        QVERIFY(fixture.lane(u'a').isIdle());
    }

    void dropsWhatIsPicked()
    {
        Fixture fixture;
        for (const auto *name : {"a1", "a2", "b1", "a3", "a4"})
            fixture.add(QString::fromLatin1(name));
        const auto dropped = fixture.lanes.drop(fixture.lane(u'a'), [](const Message &message) {
            return message.name == u"a1" || message.name == u"a3";
        });
        QCOMPARE(dropped, 2);
        QCOMPARE(fixture.lane(u'a').waiting(), 2);
        QCOMPARE(fixture.lanes.waiting(), 3);
        QCOMPARE(fixture.all(), u"a2 b1 a4"_s);
    }

    void aLaneThatIsDroppedWholeHasNoTurn()
    {
        Fixture fixture;
        fixture.add(u"a1"_s);
        const auto ticket = fixture.add(u"b1"_s);
        fixture.add(u"c1"_s);
        fixture.lanes.drop(fixture.lane(u'b'), ticket);
        QVERIFY(fixture.lane(u'b').isIdle());
        QCOMPARE(fixture.lanes.lanes(), 2);
        QCOMPARE(fixture.all(), u"a1 c1"_s);
    }

    void whoIsServedMayLoseTheRest()
    {
        Fixture fixture;
        for (const auto *name : {"a1", "a2", "b1"})
            fixture.add(QString::fromLatin1(name));
        QCOMPARE(fixture.next([&](const QString &) {
            QCOMPARE(fixture.lanes.drop(fixture.lane(u'a'), [](const Message &) { return true; }), 1);
        }),
                 u"a1"_s);
        QVERIFY(fixture.lane(u'a').isIdle());
        QCOMPARE(fixture.all(), u"b1"_s);
    }

    void holdsUntilReleased()
    {
        Fixture fixture;
        for (const auto *name : {"a1", "b1", "a2", "b2"})
            fixture.add(QString::fromLatin1(name));
        fixture.lanes.hold(fixture.lane(u'b'));
        fixture.add(u"b3"_s);
        QCOMPARE(fixture.all(), u"a1 a2"_s);
        QCOMPARE(fixture.lanes.waiting(), 3);
        QVERIFY(fixture.lane(u'b').isHeld());
        fixture.add(u"a3"_s);
        fixture.lanes.release(fixture.lane(u'b'));
        QCOMPARE(fixture.all(), u"a3 b1 b2 b3"_s);
    }

    void whoIsServedMayBeHeld()
    {
        Fixture fixture;
        for (const auto *name : {"a1", "a2", "b1"})
            fixture.add(QString::fromLatin1(name));
        QCOMPARE(fixture.next([&](const QString &) { fixture.lanes.hold(fixture.lane(u'a')); }), u"a1"_s);
        QCOMPARE(fixture.all(), u"b1"_s);
        fixture.lanes.release(fixture.lane(u'a'));
        QCOMPARE(fixture.all(), u"a2"_s);
    }

    void aLaneMayGoWithItsLastMessage()
    {
        NamedLanes lanes;
        std::weak_ptr<NamedLane> watched;
        {
            const auto lane = std::make_shared<NamedLane>();
            watched = lane;
            lanes.add(*lane, Message{.name = u"a1"_s, .lane = lane});
            lanes.add(*lane, Message{.name = u"a2"_s, .lane = lane});
        }
        QVERIFY(lanes.serveNext([](Message &) {}));
        QVERIFY(!watched.expired());
        QVERIFY(lanes.serveNext([](Message &) {}));
        QVERIFY(watched.expired());
        QVERIFY(!lanes.serveNext([](Message &) {}));
    }

    void whatWaitsAtTheEndGoesWithItsLanes()
    {
        std::weak_ptr<NamedLane> watched;
        {
            NamedLanes lanes;
            const auto lane = std::make_shared<NamedLane>();
            watched = lane;
            for (int i = 0; i < 3; ++i)
                lanes.add(*lane, Message{.name = u"a"_s, .lane = lane});
        }
        QVERIFY(watched.expired());
    }

    /** Against lists that are searched. */
    void behavesLikeASimpleOne()
    {
        std::mt19937 random(20); // NOLINT(cert-msc51-cpp): the same each time.
        Fixture fixture;
        std::map<QChar, QStringList> waiting;
        QList<QChar> turns;
        QString held;
        int number = 0;
        for (int step = 0; step < 20'000; ++step) {
            const QChar letter(static_cast<char16_t>(u'a' + random() % 5));
            switch (random() % 6) {
            case 0:
            case 1: {
                const QString name = letter + QString::number(++number);
                fixture.add(name);
                waiting[letter].append(name);
                if (!turns.contains(letter) && !held.contains(letter))
                    turns.append(letter);
                break;
            }
            case 2:
            case 3: {
                QString expected;
                if (!turns.isEmpty()) {
                    const QChar first = turns.takeFirst();
                    expected = waiting[first].takeFirst();
                    if (!waiting[first].isEmpty())
                        turns.append(first);
                }
                QCOMPARE(fixture.next(), expected);
                break;
            }
            case 4: {
                const auto odd = [](const QString &name) { return name.back().digitValue() % 2 == 1; };
                const auto dropped = fixture.lanes.drop(
                    fixture.lane(letter), [&odd](const Message &message) { return odd(message.name); });
                QCOMPARE(dropped, int(waiting[letter].removeIf(odd)));
                if (waiting[letter].isEmpty())
                    turns.removeAll(letter);
                break;
            }
            case 5:
                if (held.contains(letter)) {
                    fixture.lanes.release(fixture.lane(letter));
                    held.remove(letter);
                    if (!waiting[letter].isEmpty())
                        turns.append(letter);
                } else {
                    fixture.lanes.hold(fixture.lane(letter));
                    held.append(letter);
                    turns.removeAll(letter);
                }
                break;
            }
            QCOMPARE(fixture.lanes.lanes(), int(turns.size()));
        }
        for (const QChar letter : std::as_const(held))
            fixture.lanes.release(fixture.lane(letter));
    }
};

DIALOGUE_TEST(TestLanes, QCoreApplication)
#include "tst_lanes.moc"
