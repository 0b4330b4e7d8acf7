#include "core/base/exceptions.h"

#include "core/base/logging.h"
#include "testclasses.h"

#include <QStringList>
#include <QTest>

#include <stdexcept>
#include <thread>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

QStringList *said = nullptr;

/** What is logged while \a f runs. */
template <class F>
QStringList logged(F f)
{
    QStringList lines;
    said = &lines;
    const auto before
        = qInstallMessageHandler([](auto, const auto &, const QString &line) { said->append(line); });
    f();
    qInstallMessageHandler(before);
    said = nullptr;
    return lines;
}

} // namespace

/** What becomes of what the application's code throws. */
class TestExceptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsThrownIsSaidWithWhereItCameFrom_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("line");
        QTest::newRow("one that says what")
            << 1 << u"Exceptions that left hooks: 1 - the last in x - \"no\""_s;
        QTest::newRow("of another type")
            << 2 << u"Exceptions that left hooks: 1 - the last in x - \"of a type that says nothing\""_s;
        QTest::newRow("with a line of its own")
            << 3 << u"Exceptions that left hooks: 1 - the last in x - \"a\\u000ab\""_s;
        QTest::newRow("none") << 0 << QString();
    }
    void whatIsThrownIsSaidWithWhereItCameFrom()
    {
        QFETCH(int, kind);
        QFETCH(QString, line);
        ExceptionLog log(lcRooms, u"hooks"_s);
        bool passed = false;
        const QStringList lines = logged([&] {
            passed = guarded(
                log, [] { return u"in x"_s; },
                [kind] {
                    if (kind == 1)
                        throw std::runtime_error("no");
                    if (kind == 2)
                        throw 5;
                    if (kind == 3)
                        throw std::runtime_error("a\nb");
                });
        });
        QCOMPARE(passed, kind == 0);
        QCOMPARE(lines.join(u'|'), line);
    }

    void aFloodOfThemIsOneLine()
    {
        ExceptionLog log(lcRooms, u"hooks"_s);
        ExceptionLog other(lcRooms, u"routes"_s);
        const auto fail = [](ExceptionLog &to) {
            guarded(
                to, [] { return u"here"_s; }, [] { throw std::runtime_error("no"); });
        };
        const QStringList lines = logged([&] {
            for (int i = 0; i < 1000; ++i)
                fail(log);
            std::thread([&] { fail(log); }).join();
            fail(other); // One kind hides no other.
        });
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[1].startsWith(u"Exceptions that left routes: 1"_s));
    }
};

DIALOGUE_TEST(TestExceptions, QCoreApplication)
#include "tst_exceptions.moc"
