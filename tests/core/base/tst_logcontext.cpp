#include "core/base/logcontext.h"

#include "testclasses.h"

#include <QTest>

#include <thread>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

class Named final : public LogSubject
{
public:
    explicit Named(const QString &name)
        : m_name(name)
    { }
    [[nodiscard]] LogIds logIds() const override
    {
        ++asked;
        return {m_name, u"event of "_s + m_name, {}};
    }

    mutable int asked = 0;

private:
    const QString m_name;
};

} // namespace

class TestLogContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theInnermostIsSaid()
    {
        QCOMPARE(LogScope::current().session, QString());
        const Named outer(u"outer"_s);
        const Named inner(u"inner"_s);
        {
            const LogScope one(outer);
            {
                const LogScope two(inner);
                QCOMPARE(LogScope::current().session, u"inner"_s);
                QCOMPARE(LogScope::current().event, u"event of inner"_s);
            }
            QCOMPARE(LogScope::current().session, u"outer"_s);
        }
        QCOMPARE(LogScope::current().session, QString());
        QCOMPARE(inner.asked, 2);
        QCOMPARE(outer.asked, 1);
    }

    void isOfItsThread()
    {
        const Named here(u"here"_s);
        const LogScope scope(here);
        QString there = u"unasked"_s;
        std::thread([&there] { there = LogScope::current().session; }).join();
        QCOMPARE(there, QString());
    }

    void aTraceparentIsTold_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("is");
        const QString good = u"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"_s;
        QTest::newRow("one") << good << true;
        QTest::newRow("of a later version") << u"01"_s + good.mid(2) << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("capitals") << good.toUpper() << false;
        QTest::newRow("no version") << u"ff"_s + good.mid(2) << false;
        QTest::newRow("no trace") << u"00-00000000000000000000000000000000-00f067aa0ba902b7-01"_s << false;
        QTest::newRow("no parent") << u"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"_s << false;
        QTest::newRow("too long") << good + u"-x"_s << false;
        QTest::newRow("too short") << good.chopped(1) << false;
        QTest::newRow("not divided") << QString(good).replace(35, 1, u"0"_s) << false;
        QTest::newRow("what is none") << QString(good).replace(10, 1, u"\n"_s) << false;
    }
    void aTraceparentIsTold()
    {
        QFETCH(QString, text);
        QFETCH(bool, is);
        QCOMPARE(traceParentOf(text), is ? text : QString());
    }
};

DIALOGUE_TEST(TestLogContext, NoApplication)
#include "tst_logcontext.moc"
