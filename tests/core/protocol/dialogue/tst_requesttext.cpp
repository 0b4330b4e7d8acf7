#include "core/protocol/dialogue/requests.h"
#include "protocoltest.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::protocol;

/** Plain requests are read from their text; the others are left to fromJson(). */
class TestRequestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAPlainTriggerFromItsText_data();
    void readsAPlainTriggerFromItsText();
    void leavesTheDataOfATriggerTheTextItIs();
    void readsPlainRequestsFromTheirText_data();
    void readsPlainRequestsFromTheirText();
};

void TestRequestText::readsAPlainTriggerFromItsText_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("plain");
    const auto row = [](const QByteArray &json, bool plain) {
        QTest::newRow(json.left(60).constData()) << json << plain;
    };
    row(R"({"roomId":"a","event":"m","data":{"text":"x", "more":[1.0]}})", true);
    row(R"({ "more":{"data":1}, "data":"x","event":"m", "roomId":"\u00e4"})", true);
    row(R"({"roomId":"a","event":"m"})", true);
    row(R"({"roomId":"a","event":"m","data":null,"id":"u-1","meta":{"k":[1]}})", true);
    row(R"({"roomId":"a","event":"m","id":"","meta":{}})", true);
    // For fromJson() to decide
    row(R"({"roomId":"a","event":"m","id":null})", false);
    row(R"({"roomId":"a","event":"m","meta":null})", false);
    row(R"({"roomId":"a","event":"m","meta":[]})", false);
    row(R"({"roomId":"a","\u0065vent":"m"})", false);
    row(R"({"roomId":"a","event":"m","event":"n"})", false);
    row(R"({"roomId":"a","event":"m","data":1,"data":2})", false);
    row(R"({"roomId":"a","event":"m","echo":false})", true);
    row(R"({"roomId":"a","event":"m","echo":true})", true);
    row(R"({"roomId":"a","event":"m","echo":false,"echo":true})", false);
    row(R"({"1":1,"2":2,"3":3,"4":4,"roomId":"a","event":"m","id":"x","echo":true})", true);
    row(R"({"1":1,"2":2,"3":3,"4":4,"5":5,"roomId":"a","event":"m","id":"x","echo":true})", false);
    row(R"({"roomId":"a","event":"m","echo":null})", false);
    row(R"({"roomId":"a","event":"m","echo":"false"})", false);
    row(R"({"roomId":"a","event":"m","id":"1","id":"2"})", false);
    row(R"({"roomId":"a","event":"m","meta":{"a":1},"meta":{}})", false);
    row(R"({"roomId":"a\u0000","event":"m"})", false);
    row("{\"roomId\":\"a\",\"event\":\"m\u200b\"}", false);
    row("{\"roomId\":\"a\",\"event\":\"m\",\"id\":\"\u202e\"}", false);
    row(R"({"roomId":"","event":"m"})", false);
    row(R"({"roomId":"a"})", false);
    row(R"({"roomId":"a","event":1})", false);
    row(R"([])", false);
    row(R"("a")", false);
    row(R"({"roomId":"a","event":)" + longText(MaxNameLength + 1) + '}', false);
}

void TestRequestText::readsAPlainTriggerFromItsText()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, plain);
    json::Cursor cursor(json);
    const auto trigger = Trigger::read(cursor);
    QCOMPARE(trigger.has_value(), plain);
    if (trigger)
        QVERIFY(*trigger == *Trigger::fromJson(parse(json)));
}

void TestRequestText::leavesTheDataOfATriggerTheTextItIs()
{
    json::Cursor cursor(R"({"event":"m","data": { "b":1.0, "a":[ ] } ,"roomId":"a"})");
    const auto trigger = Trigger::read(cursor);
    QVERIFY(trigger);
    QCOMPARE(trigger->data.ownText(), R"({ "b":1.0, "a":[ ] })");
}

void TestRequestText::readsPlainRequestsFromTheirText_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("join");
    QTest::addColumn<bool>("subscribe");
    const auto row = [](const QByteArray &json, bool join, bool subscribe) {
        QTest::newRow(json.left(60).constData()) << json << join << subscribe;
    };
    row(R"({"roomId":"a"})", true, false);
    row(R"({ "more":[{"roomId":1}], "roomId":"\u00e4" })", true, false);
    row(R"({"roomId":"a","eventName":"m"})", true, true);
    row(R"({"eventName":"*","more":null,"roomId":"a"})", true, true);
    // For fromJson() to decide
    row(R"({"roomId":"a","eventName":"m","since":{"epoch":"e","offset":1}})", false, true);
    row(R"({"roomId":"a","eventName":"m","subscriptions":[]})", false, true);
    row(R"({"roomId":"a","roomId":"b","eventName":"m"})", false, false);
    row(R"({"roomId":"a","eventName":"m","eventName":"n"})", false, false);
    row(R"({"room\u0049d":"a","eventName":"m"})", false, false);
    row(R"({"roomId":"","eventName":"m"})", false, false);
    row(R"({"roomId":"a\u202e","eventName":"m"})", false, false);
    row("{\"roomId\":\"a\",\"eventName\":\"m\x7f\"}", true, false);
    row(R"({"roomId":"a","eventName":""})", true, false);
    row(R"({"roomId":1,"eventName":"m"})", false, false);
    row(R"({"roomId":"a","eventName":null})", true, false);
    row(R"({"roomId":)" + longText(MaxNameLength + 1) + R"(,"eventName":"m"})", false, false);
    row(R"({"eventName":"m"})", false, false);
    row(R"({})", false, false);
    row(R"([])", false, false);
    row(R"("a")", false, false);
}

void TestRequestText::readsPlainRequestsFromTheirText()
{
    QFETCH(QByteArray, json);
    json::Cursor forJoin(json);
    const auto join = Join::read(forJoin);
    QTEST(join.has_value(), "join");
    QVERIFY(!join || *join == *Join::fromJson(parse(json)));
    json::Cursor forSubscribe(json);
    const auto subscribe = Subscribe::read(forSubscribe);
    QTEST(subscribe.has_value(), "subscribe");
    QVERIFY(!subscribe || *subscribe == *Subscribe::fromJson(parse(json)));
}

DIALOGUE_TEST(TestRequestText, NoApplication)
#include "tst_requesttext.moc"
