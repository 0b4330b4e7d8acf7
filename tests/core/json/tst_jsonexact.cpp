#include "core/json/exact.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

/** Numbers that QJsonValue would change. */
class TestJsonExact : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsLongNumbers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isLong");
        const auto row = [](const char *text, bool isLong) { QTest::newRow(text) << QByteArray(text) << isLong; };
        row("1", false);
        row("[123456789012345,-123456789012345]", false);
        row("[0.12345678901234]", false);
        row("{\"a\":1234567890123456}", true);
        row("12345678901234567890", true);
        row("-0.1234567890123456", true);
        row("12345678.90123456", true);
        row("[1234567890,1234567890]", false);
        row("\"no number\"", false);
    }
    void knowsLongNumbers()
    {
        QFETCH(QByteArray, text);
        QTEST(json::hasLongNumbers(text), "isLong");
    }

    void takesOutBlanksBetweenValues_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("compact");
        QTest::newRow("nothing to do") << QByteArray("[1,\"a b\"]") << QByteArray("[1,\"a b\"]");
        QTest::newRow("blanks") << QByteArray(" { \"a\" :\t1 ,\r\n\"b\": [ ] } ")
                                << QByteArray("{\"a\":1,\"b\":[]}");
        QTest::newRow("a quote in a string")
            << QByteArray("[ \"\\\" , \\\\\" , 2 ]") << QByteArray("[\"\\\" , \\\\\",2]");
    }
    void takesOutBlanksBetweenValues()
    {
        QFETCH(QByteArray, text);
        QTEST(json::compact(text), "compact");
    }
};

DIALOGUE_TEST(TestJsonExact, QCoreApplication)
#include "tst_jsonexact.moc"
