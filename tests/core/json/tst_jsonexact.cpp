#include "core/json/exact.h"
#include "core/protocol/dialogue/exactdata.h"

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
        const auto row
            = [](const char *text, bool isLong) { QTest::newRow(text) << QByteArray(text) << isLong; };
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

    void aTriggersTextSaysWhatItsJsonSays()
    {
        protocol::Trigger trigger{.roomId = QStringLiteral("a"), .event = QStringLiteral("b")};
        QCOMPARE(protocol::textOf(trigger).toObject(), trigger.toJson());
        trigger.data = JsonData::fromText("[12345678901234567890]");
        trigger.meta = QJsonObject{{QStringLiteral("c"), 1}};
        trigger.id = QStringLiteral("d");
        QCOMPARE(protocol::textOf(trigger).toObject(), trigger.toJson());
        QVERIFY(protocol::textOf(trigger).text().contains("\"data\":[12345678901234567890]"));
    }

    void ofEventsOnlyThoseWithLongNumbersAreTexts()
    {
        QList<EventMessage> messages(3);
        for (int i = 0; i < messages.size(); ++i)
            messages[i].data = i + 1;
        protocol::takeDataAsWritten(messages,
                                    R"([{"data":1},{"data": [ 12345678901234567890 ]},{"data":"x"}])");
        QVERIFY(messages[0].data.ownText().isNull());
        QCOMPARE(messages[1].data.ownText(), "[12345678901234567890]");
        QVERIFY(messages[2].data.ownText().isNull());
        protocol::takeDataAsWritten(messages, {});
        QCOMPARE(messages[1].data.ownText(), "[12345678901234567890]");
    }

    void findsAMember()
    {
        const QByteArray text = R"({"a": [1], "b": {"a": 2}, "a" : 12345678901234567890 , "\u0063": 3})";
        QCOMPARE(json::memberText(text, QLatin1StringView("a")).toByteArray(), "12345678901234567890");
        QCOMPARE(json::memberText(text, QLatin1StringView("c")).toByteArray(), "3");
        QVERIFY(json::memberText(text, QLatin1StringView("d")).isEmpty());
        QVERIFY(json::memberText("[1]", QLatin1StringView("a")).isEmpty());
        QVERIFY(json::memberText({}, QLatin1StringView("a")).isEmpty());
    }
};

DIALOGUE_TEST(TestJsonExact, QCoreApplication)
#include "tst_jsonexact.moc"
