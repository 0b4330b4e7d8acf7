#include "cli/api/apirequest.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::cli;

namespace {

const QByteArray Document = R"({"paths": {"/rooms/{roomId}/events": {
  "get": {"operationId": "listEvents", "summary": "What was said.", "parameters": [
    {"name": "roomId", "in": "path", "required": true, "schema": {"type": "string"}},
    {"name": "limit", "in": "query", "schema": {"type": "integer"}}]},
  "post": {"operationId": "triggerEvent", "parameters": [
    {"name": "roomId", "in": "path", "required": true, "schema": {"type": "string"}},
    {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}},
    {"name": "authorization", "in": "header", "schema": {"type": "string"}}],
    "requestBody": {"content": {"application/json": {"schema": {"required": ["event"], "properties": {
      "event": {"type": "string"}, "data": {}, "volatile": {"type": "boolean"},
      "to": {"type": "array", "items": {"type": "string"}}}}}}}}},
  "/broken": {"get": 1, "put": {"summary": "without an id"}}, "/none": []}})";

ApiOperation called(const QString &id)
{
    const QList<ApiOperation> all = operationsOf(QJsonDocument::fromJson(Document).object());
    for (const ApiOperation &each : all) {
        if (each.id == id)
            return each;
    }
    return {};
}

} // namespace

class TestApiRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatADocumentSays()
    {
        QStringList ids;
        const QList<ApiOperation> all = operationsOf(QJsonDocument::fromJson(Document).object());
        for (const ApiOperation &each : all)
            ids.append(each.id);
        QCOMPARE(ids, (QStringList{u"listEvents"_s, u"triggerEvent"_s}));
        QVERIFY(operationsOf({}).isEmpty());
        QVERIFY(operationsOf({{u"paths"_s, 3}}).isEmpty());
    }

    void putsEachWordWhereItBelongs()
    {
        const auto list = apiRequest(called(u"listEvents"_s), {u"roomId=a/b ä"_s, u"limit=5"_s});
        QCOMPARE(list->method, QByteArray("GET"));
        QCOMPARE(list->path, u"/rooms/a%2Fb%20%C3%A4/events?limit=5"_s);
        QVERIFY(list->body.isEmpty());

        const auto trigger
            = apiRequest(called(u"triggerEvent"_s),
                         {u"roomId=chat"_s, u"event=true"_s, u"data={\"n\": 12345678901234567890}"_s,
                          u"to=ann,bob"_s, u"volatile=true"_s, u"Idempotency-Key=k=1"_s});
        QCOMPARE(trigger->path, u"/rooms/chat/events"_s);
        QCOMPARE(trigger->headers.value(0), (std::pair<QByteArray, QByteArray>("Idempotency-Key", "k=1")));
        QCOMPARE(
            trigger->body,
            QByteArray(
                R"({"event":"true","data":{"n":12345678901234567890},"to":["ann","bob"],"volatile":true})"));

        const auto whole
            = apiRequest(called(u"triggerEvent"_s), {u"roomId=chat"_s}, QByteArray(R"({"event":"x"})"));
        QCOMPARE(whole->body, QByteArray(R"({"event":"x"})"));
    }

    void saysWhichWordIsWrong_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        QTest::newRow("no value") << QStringList{u"chat"_s} << u"chat"_s << u"NAME=VALUE"_s;
        QTest::newRow("not known") << QStringList{u"evnt=a"_s} << u"evnt"_s << u"did you mean event"_s;
        QTest::newRow("twice") << QStringList{u"event=a"_s, u"event=b"_s} << u"event"_s << u"twice"_s;
        QTest::newRow("missing") << QStringList{u"roomId=chat"_s} << u"event"_s << u"missing"_s;
        QTest::newRow("a header more")
            << QStringList{u"Idempotency-Key=a\r\nX: y"_s} << u"Idempotency-Key"_s << u"control characters"_s;
        QTest::newRow("another credential")
            << QStringList{u"authorization=Bearer x"_s} << u"authorization"_s << u"not known"_s;
        QTest::newRow("another place") << QStringList{u"roomId=.."_s} << u"roomId"_s << u"cannot be part"_s;
        QTest::newRow("no JSON") << QStringList{u"data={a}"_s} << u"data"_s << u"must be JSON"_s;
    }
    void saysWhichWordIsWrong()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, message);
        const auto request = apiRequest(called(u"triggerEvent"_s), words);
        QVERIFY(!request);
        QTEST(request.error().path, "path");
        QVERIFY2(request.error().message.contains(message), qPrintable(request.error().text()));
    }
};

DIALOGUE_TEST(TestApiRequest, NoApplication)
#include "tst_apirequest.moc"
