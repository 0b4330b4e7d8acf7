#include "server/middleware/webhookanswer.h"
#include "server/middleware/webhooktarget.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using Kind = WebhookAnswer::Kind;

class TestWebhookAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadFromStatusAndBody_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *what, int status, const QByteArray &type, const QByteArray &body,
                            Kind kind, const QString &text = {}) {
            QTest::newRow(what) << status << type << body << int(kind) << text;
        };
        const QByteArray json = "application/json";
        row("200", 200, {}, {}, Kind::Pass);
        row("204", 204, {}, {}, Kind::Pass);
        row("200 with a text", 200, "text/html", "<p>fine", Kind::Pass);
        row("200 with blanks", 200, json, " \n", Kind::Pass);
        row("200 with an object that says nothing", 200, json, "{}", Kind::Pass);
        row("200 with something else", 200, json, R"({"ok":true})", Kind::Pass);
        row("200 with broken JSON", 200, json, "{", Kind::Fail,
            u"its answer is no JSON: Expected a key in quotes at byte 1 of the JSON"_s);
        row("200 with a list", 200, json, "[]", Kind::Fail,
            u"its answer is no object such as {\"data\": ...}"_s);
        row("200 with data twice", 200, json, R"({"data":1,"data":2})", Kind::Fail,
            u"its answer has a member twice"_s);
        row("200 with a meta that is none", 200, json, R"({"meta":1})", Kind::Fail,
            u"its answer has a meta that is no object"_s);
        row("100", 100, {}, {}, Kind::Fail, u"it answered 100"_s);
        row("301", 301, {}, {}, Kind::Fail, u"it answered 301, and redirects are not followed"_s);
        row("307", 307, {}, {}, Kind::Fail, u"it answered 307, and redirects are not followed"_s);
        row("400 without a word", 400, {}, {}, Kind::Stop, u"The event was refused"_s);
        row("403 with a problem", 403, "application/problem+json; charset=utf-8",
            R"({"title":"No","detail":"no advertising"})", Kind::Stop, u"no advertising"_s);
        row("403 with a title", 403, json, R"({"title":"Not here"})", Kind::Stop, u"Not here"_s);
        row("403 with a text", 403, "text/plain", "not here\nreally\n", Kind::Stop, u"not here"_s);
        row("403 with a page", 403, "text/html", "<h1>403</h1>", Kind::Stop, u"The event was refused"_s);
        row("403 with broken JSON", 403, json, "{", Kind::Stop, u"The event was refused"_s);
        row("403 with a long text", 403, "text/plain", QByteArray(100'000, 'x'), Kind::Stop,
            QString(200, u'x'));
        row("403 with what is not seen", 403, "text/plain", "a\x1b[2Jb", Kind::Stop, u"a\\u001b[2Jb"_s);
        for (const int status : {408, 425, 429, 500, 502, 503, 504}) {
            row(QByteArray::number(status).constData(), status, {}, {}, Kind::Retry,
                u"it answered %1"_s.arg(status));
        }
    }
    void isReadFromStatusAndBody()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const WebhookAnswer answer = readWebhookReply({.status = status, .contentType = type, .body = body});
        QTEST(int(answer.kind), "kind");
        QTEST(answer.text, "text");
        QVERIFY(!answer.data && !answer.meta);
    }

    void mayHaveDataAndMeta()
    {
        const auto answer = readWebhookReply({.status = 200,
                                              .contentType = "Application/JSON",
                                              .body = R"( {"data" : {"n": 1.50}, "meta": {"seen": true}} )"});
        QCOMPARE(answer.kind, Kind::Pass);
        QCOMPARE(answer.data->text(), R"({"n": 1.50})");
        QCOMPARE(*answer.meta, (QJsonObject{{u"seen"_s, true}}));
        const auto none = readWebhookReply(
            {.status = 200, .contentType = "application/vnd.x+json", .body = R"({"data":null})"});
        QVERIFY(none.data && none.data->isNull());
    }

    /** RFC 4231 has no dot in it; this one is by `openssl dgst -sha256 -hmac`. */
    void isAskedForWithASignature()
    {
        QCOMPARE(WebhookTarget::signature("0123456789abcdef", "1700000000", R"({"event":"message"})"),
                 QByteArray("v1=0915461a4ff94f99298add7a8902fbd65af444fe7ec0c2118f482e61b4081da4"));
    }
};

DIALOGUE_TEST(TestWebhookAnswer, NoApplication)
#include "tst_webhookanswer.moc"
