#include "server/bridge/lanes.h"

#include "testclasses.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <vector>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

/** "a1": the first of lane a. A message may keep its lane, as those of a session do. */
struct Message
{
    QString name;
    std::shared_ptr<bridge::Lane<Message>> lane = {};
};
using NamedLane = bridge::Lane<Message>;
using NamedLanes = bridge::Lanes<Message>;

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
        QTest::newRow("of few first, and then in a run")
            << u"a1 a2 a3 a4 a5 b1 b2"_s << u"b1 a1 b2 a2 a3 a4 a5"_s;
        QTest::newRow("a run is of four") << u"a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8"_s
                                          << u"a1 a2 a3 a4 b1 b2 b3 b4 a5 a6 a7 a8 b5 b6 b7 b8"_s;
        QTest::newRow("who was served ahead is due later")
            << u"a1 a2 a3 a4 a5 b1 b2 b3 b4 b5"_s << u"a1 a2 a3 a4 b1 b2 b3 a5 b4 b5"_s;
        QTest::newRow("who gets many loses its place") << u"a1 b1 a2 a3 a4"_s << u"b1 a1 a2 a3 a4"_s;
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

    void aNewcomerWaitsForOneMessage()
    {
        Fixture fixture;
        for (int i = 0; i < 256; ++i) {
            fixture.add(u"a"_s + QString::number(i));
            fixture.add(u"b"_s + QString::number(i));
        }
        // While one of a is being served.
        QCOMPARE(fixture.next([&](const QString &) { fixture.add(u"n1"_s); }), u"a0"_s);
        QCOMPARE(fixture.next(), u"n1"_s);
        fixture.add(u"n2"_s); // It has had one of three.
        for (const auto *name : {"b0", "n2", "b1", "b2", "b3", "a1", "a2", "a3", "a4", "b4"})
            QCOMPARE(fixture.next(), QString::fromLatin1(name));
    }

    void newcomersAreNotServedAlone()
    {
        Fixture fixture;
        for (int i = 0; i < 10; ++i)
            fixture.add(u"a"_s + QString::number(i));
        QStringList served;
        for (char16_t newcomer = u'b'; newcomer < u'j'; ++newcomer) {
            fixture.add(QString(QChar(newcomer)));
            served.append(fixture.next());
        }
        QCOMPARE(served.join(u' '), u"b a0 c a1 d e a2 f"_s);
    }

    void whoTookMuchWhenThereWereManyOwesNothingToFew()
    {
        Fixture fixture;
        for (char16_t letter = u'a'; letter < u'z'; ++letter) {
            for (int i = 0; i < 7; ++i)
                fixture.add(QChar(letter) + QString::number(i));
        }
        for (int i = 0; i < 4; ++i)
            QCOMPARE(fixture.next(), u"a"_s + QString::number(i));
        for (char16_t letter = u'b'; letter < u'z'; ++letter)
            fixture.lanes.drop(fixture.lane(QChar(letter)), [](const Message &) { return true; });
        for (int i = 0; i < 20; ++i)
            fixture.add(u"z"_s + QString::number(i));
        QCOMPARE(fixture.next(), u"z0"_s);
        QCOMPARE(fixture.next(), u"a4"_s);
        fixture.all();
    }

    void aRunMayBeEnded()
    {
        Fixture fixture;
        for (int i = 1; i <= 6; ++i) {
            fixture.add(u"a"_s + QString::number(i));
            fixture.add(u"b"_s + QString::number(i));
        }
        fixture.lanes.endRun(); // Of nobody.
        QStringList served;
        while (!fixture.lanes.isEmpty()) {
            served.append(fixture.next());
            if (served.constLast() == u"a2" || served.constLast() == u"b1")
                fixture.lanes.endRun();
        }
        QCOMPARE(served.join(u' '), u"a1 a2 b1 a3 a4 a5 a6 b2 b3 b4 b5 b6"_s);
        fixture.lanes.endRun();
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
        QCOMPARE(fixture.all(), u"b1 a2 a4"_s);
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

    /** Whatever comes, is dropped and is held meanwhile. */
    void nobodyIsPassedOverOrForgotten()
    {
        std::mt19937 random(20); // NOLINT(cert-msc51-cpp): the same each time.
        Fixture fixture;
        std::map<QChar, QStringList> waiting;
        std::map<QChar, int> passed; // Others that were served since one of it was the next.
        const auto inTurn
            = [&](QChar letter) { return !waiting[letter].isEmpty() && !fixture.lane(letter).isHeld(); };
        constexpr int senders = 6;
        int number = 0;
        for (int step = 0; step < 50'000; ++step) {
            const QChar letter(static_cast<char16_t>(u'a' + random() % senders));
            const unsigned what = random() % 20;
            if (what < 8) {
                const QString name = letter + QString::number(++number);
                fixture.add(name);
                waiting[letter].append(name);
            } else if (what < 16) {
                const bool any
                    = std::ranges::any_of(waiting, [&](const auto &each) { return inTurn(each.first); });
                const QString served = fixture.next();
                QCOMPARE(!served.isEmpty(), any);
                for (auto &[each, names] : waiting) {
                    const bool isIt = served.startsWith(each);
                    if (isIt)
                        QCOMPARE(served, names.takeFirst());
                    passed[each] = isIt || !inTurn(each) ? 0 : passed[each] + 1;
                    // A run of each of the others, where many wait; who was served ahead sits out as long
                    // again.
                    QVERIFY(passed[each] <= 2 * senders * int(NamedLanes::Run));
                }
            } else if (what == 16) {
                const auto odd = [](const QString &name) { return name.back().digitValue() % 2 == 1; };
                const auto dropped = fixture.lanes.drop(
                    fixture.lane(letter), [&odd](const Message &message) { return odd(message.name); });
                QCOMPARE(dropped, int(waiting[letter].removeIf(odd)));
            } else if (what == 17) {
                fixture.lanes.endRun();
            } else if (fixture.lane(letter).isHeld()) {
                fixture.lanes.release(fixture.lane(letter));
            } else {
                fixture.lanes.hold(fixture.lane(letter));
            }
            QCOMPARE(fixture.lanes.lanes(), int(std::ranges::count_if(waiting, [&](const auto &each) {
                         return inTurn(each.first);
                     })));
        }
        for (char16_t letter = u'a'; letter < u'a' + senders; ++letter)
            fixture.lanes.release(fixture.lane(letter));
    }

    /** Some send all they can, others a few at a time, each as soon as the ones before were served. */
    void eachHasItsShare_data()
    {
        QTest::addColumn<QList<int>>("windows");
        QTest::newRow("all have much") << QList<int>{100, 100, 100, 100, 100};
        QTest::newRow("one has little") << QList<int>{100, 100, 100, 100, 1};
        QTest::newRow("one has much") << QList<int>{100, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        QTest::newRow("little, some and much") << QList<int>{1, 2, 3, 4, 5, 6, 7, 8, 100};
        QTest::newRow("half have much") << QList<int>{1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9};
    }
    void eachHasItsShare()
    {
        QFETCH(QList<int>, windows);
        const auto senders = static_cast<int>(windows.size());
        Fixture fixture;
        const auto letter = [](int index) { return QChar(static_cast<char16_t>(u'a' + index)); };
        for (int index = 0; index < senders; ++index) {
            for (int i = 0; i < windows[index]; ++i)
                fixture.add(letter(index));
        }
        std::vector<int> served(windows.size());
        std::vector<int> since(windows.size());
        std::vector<int> longest(windows.size());
        constexpr int rounds = 1000;
        for (int i = 0; i < rounds * senders; ++i) {
            const auto index = static_cast<std::size_t>(fixture.next().front().unicode() - u'a');
            ++served[index];
            for (std::size_t each = 0; each < since.size(); ++each)
                longest[each] = std::max(longest[each], ++since[each]);
            since[index] = 0;
            fixture.add(letter(static_cast<int>(index)));
        }
        for (std::size_t index = 0; index < served.size(); ++index) {
            QVERIFY2(std::abs(served[index] - rounds) <= rounds / 20,
                     qPrintable(QString::number(served[index])));
            const bool isOfFew = windows[static_cast<qsizetype>(index)] < int(NamedLanes::Run);
            const int most = isOfFew ? senders + 2 : senders * (int(NamedLanes::Run) + 1);
            QVERIFY2(longest[index] <= most,
                     qPrintable(letter(int(index)) + QString::number(longest[index])));
        }
        while (!fixture.next().isEmpty()) { }
    }
};

DIALOGUE_TEST(TestLanes, QCoreApplication)
#include "tst_lanes.moc"
