#include "server/budgets/insistence.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

class TestInsistence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        // Each refusal is for one second, by a window of ten; three are told, and a minute is put up with.
        QTest::addColumn<QList<int>>("seconds");
        QTest::addColumn<QString>("verdicts"); // T(ell), H(old), E(nd)
        QTest::newRow("the first") << QList<int>{0} << "T";
        QTest::newRow("going on at once") << QList<int>{0, 0, 0} << "TTH";
        QTest::newRow("waiting each time, though a little short")
            << QList<int>{0, 1, 2, 3, 4, 5, 6, 7} << "TTTTTTTT";
        QTest::newRow("two at a time") << QList<int>{0, 0, 1, 1, 2, 2} << "TTTTTT";
        QTest::newRow("going on after it was held") << QList<int>{0, 0, 0, 1, 2, 3} << "TTHHHH";
        QTest::newRow("keeping calm for a window") << QList<int>{0, 0, 0, 11, 11, 11} << "TTHTTH";
        QTest::newRow("not quite a window") << QList<int>{0, 0, 0, 10, 20} << "TTHHH";
        QTest::newRow("for long") << QList<int>{0, 0, 0, 10, 20, 30, 40, 50, 60, 60} << "TTHHHHHHEE";
        QTest::newRow("calm in between")
            << QList<int>{0, 0, 0, 10, 20, 30, 45, 45, 45, 55, 65} << "TTHHHHTTHHH";
    }
    void judges()
    {
        QFETCH(QList<int>, seconds);
        QFETCH(QString, verdicts);
        RateLimitConfig config;
        config.refusals = 3;
        config.patience = 1min;
        Insistence insistence;
        QString judged;
        for (const int second : std::as_const(seconds)) {
            const auto now = Insistence::Clock::time_point{} + 1h + std::chrono::seconds(second);
            switch (insistence.refused(now, 1s, 10s, config)) {
            case Insistence::Verdict::Tell:
                judged += u'T';
                break;
            case Insistence::Verdict::Hold:
                judged += u'H';
                break;
            case Insistence::Verdict::End:
                judged += u'E';
                break;
            }
        }
        QCOMPARE(judged, verdicts);
    }

    void noneIsToldWhereNoneMayBe()
    {
        RateLimitConfig config;
        config.refusals = 1;
        Insistence insistence;
        QVERIFY(insistence.refused(Insistence::Clock::time_point{} + 1h, 1s, 10s, config)
                == Insistence::Verdict::Hold);
    }
};

DIALOGUE_TEST(TestInsistence, QCoreApplication)
#include "tst_insistence.moc"
