#include "server/rules/sanctions.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Sanctions::Clock::time_point clockTime; // What the test says it is.
Sanctions::Clock::time_point now() { return clockTime; }

Sanction ban(const QString &user, const QString &room, std::optional<std::chrono::milliseconds> time = {})
{
    Sanction sanction{.kind = SanctionKind::Ban, .userId = user, .roomId = room};
    if (time)
        sanction.until = clockTime + *time;
    return sanction;
}

} // namespace

class TestSanctions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { clockTime = Sanctions::Clock::time_point(1h); }

    void holdWhereTheyWereImposed()
    {
        Sanctions all(10, &now);
        QVERIFY(all.add(ban(u"ann"_s, u"chat"_s)));
        QVERIFY(all.add(ban(u"bob"_s, {})));
        QVERIFY(all.find(SanctionKind::Ban, u"ann"_s, u"chat"_s));
        QVERIFY(!all.find(SanctionKind::Ban, u"ann"_s, u"news"_s));
        QVERIFY(!all.find(SanctionKind::Ban, u"ann"_s, {}));
        QVERIFY(!all.find(SanctionKind::Mute, u"ann"_s, u"chat"_s));
        QVERIFY(all.find(SanctionKind::Ban, u"bob"_s, u"news"_s));
        QVERIFY(all.find(SanctionKind::Ban, u"bob"_s, {}));
        QVERIFY(!all.find(SanctionKind::Ban, u"eve"_s, u"chat"_s));
    }

    void endByThemselves()
    {
        Sanctions all(10, &now);
        QVERIFY(all.add(ban(u"ann"_s, {}, 10s)));
        clockTime += 9999ms;
        const Sanction *const holding = all.find(SanctionKind::Ban, u"ann"_s, {});
        QVERIFY(holding);
        QCOMPARE(all.timeLeft(*holding), 1ms);
        QCOMPARE(all.all().size(), 1);
        clockTime += 1ms;
        QVERIFY(!all.find(SanctionKind::Ban, u"ann"_s, {}));
        QVERIFY(all.all().isEmpty());
        QVERIFY(!all.lift(SanctionKind::Ban, u"ann"_s, {}));
    }

    void theNextTakesThePlaceOfTheFirst()
    {
        Sanctions all(1, &now);
        QVERIFY(all.add(ban(u"ann"_s, {}, 10s)));
        QVERIFY(all.add(ban(u"ann"_s, {})));
        QCOMPARE(all.all().size(), 1);
        QVERIFY(!all.timeLeft(all.all().constFirst()));
    }

    void areLifted()
    {
        Sanctions all(10, &now);
        QVERIFY(all.add(ban(u"ann"_s, u"chat"_s)));
        QVERIFY(!all.lift(SanctionKind::Ban, u"ann"_s, {}));
        QVERIFY(!all.lift(SanctionKind::Mute, u"ann"_s, u"chat"_s));
        QVERIFY(all.lift(SanctionKind::Ban, u"ann"_s, u"chat"_s));
        QVERIFY(!all.find(SanctionKind::Ban, u"ann"_s, u"chat"_s));
        QVERIFY(!all.lift(SanctionKind::Ban, u"ann"_s, u"chat"_s));
    }

    void areSoManyAndNoMore()
    {
        Sanctions all(2, &now);
        QVERIFY(all.add(ban(u"ann"_s, {}, 1s)));
        QVERIFY(all.add(ban(u"bob"_s, {})));
        const auto refused = all.add(ban(u"eve"_s, {}));
        QCOMPARE(refused.error().code, ErrorCode::LimitReached);
        QVERIFY(refused.error().message.contains(u"limits.sanctions"_s));
        clockTime += 1s; // Hers is over, and makes room.
        QVERIFY(all.add(ban(u"eve"_s, {})));
        QCOMPARE(all.all().size(), 2);
        QVERIFY(!all.add(ban(u"max"_s, {})));
        QVERIFY(all.lift(SanctionKind::Ban, u"eve"_s, {}));
        QVERIFY(all.add(ban(u"max"_s, {})));
    }

    void areVisitedInTheirOrderFromAnyPlaceOn()
    {
        Sanctions all(10, &now);
        QVERIFY(all.add(ban(u"bob"_s, u"tea"_s)));
        QVERIFY(all.add(ban(u"bob"_s, u"chat"_s, 1s)));
        QVERIFY(all.add({.kind = SanctionKind::Mute, .userId = u"bob"_s}));
        QVERIFY(all.add(ban(u"ann"_s, {})));
        const auto visited = [&all](const std::optional<Sanctions::Place> &after, int most) {
            QStringList places;
            all.forEachAfter(after, [&](const Sanction &each) {
                places.append(each.userId + (each.kind == SanctionKind::Ban ? u"-"_s : u"~"_s) + each.roomId
                              + (all.holds(each) ? QString() : u" (over)"_s));
                return places.size() < most;
            });
            return places.join(u' ');
        };
        QCOMPARE(visited({}, 10), u"ann- bob-chat bob-tea bob~"_s);
        QCOMPARE(visited({}, 2), u"ann- bob-chat"_s);
        QCOMPARE(visited(Sanctions::Place{u"bob"_s, SanctionKind::Ban, u"chat"_s}, 10), u"bob-tea bob~"_s);
        // One that is there no more is a place all the same.
        QCOMPARE(visited(Sanctions::Place{u"bob"_s, SanctionKind::Ban, u"dogs"_s}, 1), u"bob-tea"_s);
        QCOMPARE(visited(Sanctions::Place{u"carl"_s, SanctionKind::Ban, {}}, 10), QString());
        clockTime += 1s;
        QCOMPARE(visited({}, 2), u"ann- bob-chat (over)"_s);
    }

    void tellWhatBecameOfThemAndMayBeRefusedByWhoIsTold()
    {
        Sanctions all(10, &now);
        QStringList told;
        bool refuses = false;
        all.setObserver([&](const Sanction &each, bool isLifted) {
            told.append((isLifted ? u"-"_s : u"+"_s) + each.userId);
            return refuses ? Result<void>(Error{ErrorCode::Unavailable, u"no"_s}) : Result<void>();
        });
        QVERIFY(all.add(ban(u"ann"_s, {}, 10s)));
        QVERIFY(!all.lift(SanctionKind::Mute, u"ann"_s, {}));
        refuses = true;
        QVERIFY(!all.add(ban(u"bob"_s, {})));
        QVERIFY(!all.add(ban(u"ann"_s, {})));
        QVERIFY(all.timeLeft(*all.find(SanctionKind::Ban, u"ann"_s, {}))); // Hers holds as it did.
        QVERIFY(!all.find(SanctionKind::Ban, u"bob"_s, {}));
        QVERIFY(all.lift(SanctionKind::Ban, u"ann"_s, {}));
        QCOMPARE(told.join(u' '), u"+ann +bob +ann -ann"_s);
    }
};

DIALOGUE_TEST(TestSanctions, QCoreApplication)
#include "tst_sanctions.moc"
