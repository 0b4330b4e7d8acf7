#include "core/base/result.h"

#include "lastwords.h"
#include "testclasses.h"

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What stands in the place of an expected value. */
class TestResult : public QObject
{
    Q_OBJECT

    static Error full() { return {ErrorCode::RoomFull, u"room 'a' is full"_s, u"roomId"_s}; }

private Q_SLOTS:
    void isAValueOrAnError()
    {
        const Result<int> value(5);
        QVERIFY(value);
        QCOMPARE(*value, 5);
        const Result<int> error(full());
        QVERIFY(!error);
        QCOMPARE(error.error().code, ErrorCode::RoomFull);
        QCOMPARE(error.value_or(7), 7);
        QCOMPARE(value.transform([](int i) { return i + 1; }).value(), 6);
        QCOMPARE(error.transform([](int i) { return i + 1; }).error().path, u"roomId"_s);
        QVERIFY(!value.and_then([](int) { return Result<void>(full()); }));
    }

    void debugBuildsAssertThatNobodyTakesOneForTheOther_data()
    {
        QTest::addColumn<std::function<void()>>("deed");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, const std::function<void()> &deed, const char *words) {
            QTest::newRow(name) << deed << QByteArray(words);
        };
        const char *error = "roomId: room 'a' is full";
        row(
            "the value of an error", [] { (void)*Result<int>(full()); }, error);
        row(
            "of one that is const",
            [] {
                const Result<QString> result(full());
                (void)result.value();
            },
            error);
        row(
            "a member of it",
            [] {
                Result<QString> result(full());
                result->clear();
            },
            error);
        row(
            "the error of a value", [] { (void)Result<int>(1).error(); }, "there is a value, and no error");
        row(
            "the error of success", [] { (void)Result<void>().error(); }, "there is no error");
    }
    void debugBuildsAssertThatNobodyTakesOneForTheOther()
    {
        QFETCH(std::function<void()>, deed);
        QFETCH(QByteArray, words);
        const QByteArray said = test::lastWordsOf(deed);
#ifdef QT_NO_DEBUG
        QCOMPARE(said, QByteArray()); // There are no assertions.
#else
        QVERIFY2(said.contains(words), said.constData());
#endif
    }
};

DIALOGUE_TEST(TestResult, NoApplication)
#include "tst_result.moc"
