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
};

DIALOGUE_TEST(TestSanctions, QCoreApplication)
#include "tst_sanctions.moc"
