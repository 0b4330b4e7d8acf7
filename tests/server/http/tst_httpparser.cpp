#include "server/http/httpparser.h"

#include "server/http/problem.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QTest>

using namespace dialogue;

class TestHttpParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsesAHead();
    void findsAValueInTheQuery_data();
    void findsAValueInTheQuery();
    void needsMore();
    void refuses_data();
    void refuses();
    void readsTheTarget_data();
    void readsTheTarget();
    void readsTheAbsoluteForm_data();
    void readsTheAbsoluteForm();
    void tellsWhetherTheConnectionStays_data();
    void tellsWhetherTheConnectionStays();
    void recognisesAnUpgrade_data();
    void recognisesAnUpgrade();
    void readsABodyInPieces_data();
    void readsABodyInPieces();
    void refusesABody_data();
    void refusesABody();
    void leavesWhatFollowsTheBody();
    void serializesAnAnswer();
    void compressesAnAnswerThatMayBe();
    void refusesProgramsInTheirWords_data();
    void refusesProgramsInTheirWords();
    void keepsLineBreaksOutOfHeaders();
};

namespace {

QByteArray get(const QByteArray &fields = {}) { return "GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"; }
QByteArray post(const QByteArray &fields) { return "POST / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"; }

HttpHead headOf(const QByteArray &bytes)
{
    auto result = parseHttpHead(bytes, 16384);
    if (!std::holds_alternative<HttpHead>(result))
        qFatal("not a head: %s", bytes.constData());
    return std::get<HttpHead>(std::move(result));
}

} // namespace

void TestHttpParser::parsesAHead()
{
    const QByteArray bytes
        = "POST /a%2Fb?x=1&y=%C3%A4 HTTP/1.1\r\nHost: example.org\r\nX-One: a, b\r\nx-one:  c \r\n"
          "Content-Length: 12\r\n\r\nbody";
    const HttpHead head = headOf(bytes);
    QCOMPARE(head.size, bytes.size() - 4);
    QCOMPARE(head.request.method, QByteArray("POST"));
    QCOMPARE(head.request.target, QByteArray("/a%2Fb?x=1&y=%C3%A4"));
    QCOMPARE(head.request.path, QByteArray("/a/b"));
    QCOMPARE(head.request.query.value("x"), QByteArray("1"));
    QCOMPARE(head.request.headers.value("HOST"), QByteArray("example.org"));
    QVERIFY(head.request.headers.hasToken("X-ONE", "B"));
    QVERIFY(head.request.headers.hasToken("X-ONE", "c"));
    QVERIFY(!head.request.headers.hasToken("X-ONE", "d"));
    QCOMPARE(head.contentLength, 12);
    QVERIFY(head.keepAlive);
    QVERIFY(!head.upgradesToWebSocket);
}

void TestHttpParser::findsAValueInTheQuery_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("there") << QByteArray("w=1&x=2&y=3") << QByteArray("2");
    QTest::newRow("not there") << QByteArray("xx=1&y=x=2") << QByteArray();
    QTest::newRow("an empty query") << QByteArray() << QByteArray();
    QTest::newRow("without a value") << QByteArray("x") << QByteArray();
    QTest::newRow("with an empty value") << QByteArray("x=&x=2") << QByteArray();
    QTest::newRow("twice") << QByteArray("x=2&x=3") << QByteArray("2");
    QTest::newRow("among empty items") << QByteArray("&&x=2&&") << QByteArray("2");
    QTest::newRow("with more of the same signs") << QByteArray("x=2=?") << QByteArray("2=?");
    QTest::newRow("percent-encoded") << QByteArray("%78=%C3%A4%26") << QByteArray("\xc3\xa4&");
    QTest::newRow("a plus is no blank") << QByteArray("x=a+b") << QByteArray("a+b");
}

void TestHttpParser::findsAValueInTheQuery()
{
    QFETCH(QByteArray, query);
    QTEST(HttpQuery(query).value("x"), "value");
}

void TestHttpParser::needsMore()
{
    const QByteArray bytes = "\r\n" + get("A: b\r\n");
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY(std::holds_alternative<NeedMore>(parseHttpHead(bytes.first(size), 16384)));
    QCOMPARE(headOf(bytes + "more").size, bytes.size());
}

void TestHttpParser::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("garbage") << QByteArray("\x01\x02\x03\r\n\r\n") << 400;
    QTest::newRow("bare LF") << QByteArray("GET / HTTP/1.1\nHost: x\n\n") << 400;
    QTest::newRow("bare LF between fields") << get("A: b\nC: d\r\n") << 400;
    QTest::newRow("bare CR in a field") << get("A: b\rC: d\r\n") << 400;
    QTest::newRow("folded line") << get("A: b\r\n c\r\n") << 400;
    QTest::newRow("NUL in a field") << get(QByteArray("A: b\0c\r\n", 8)) << 400;
    QTest::newRow("NUL in the path") << QByteArray("GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    QTest::newRow("space before the colon") << get("A : b\r\n") << 400;
    QTest::newRow("no colon") << get("A\r\n") << 400;
    QTest::newRow("empty name") << get(": b\r\n") << 400;
    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("two hosts") << get("Host: y\r\n") << 400;
    QTest::newRow("both lengths") << post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") << 400;
    QTest::newRow("both lengths, other order")
        << post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n") << 400;
    QTest::newRow("two lengths") << post("Content-Length: 3\r\nContent-Length: 4\r\n") << 400;
    QTest::newRow("two equal lengths") << post("Content-Length: 3\r\nContent-Length: 3\r\n") << 400;
    QTest::newRow("list of lengths") << post("Content-Length: 3, 4\r\n") << 400;
    QTest::newRow("negative length") << post("Content-Length: -1\r\n") << 400;
    QTest::newRow("signed length") << post("Content-Length: +1\r\n") << 400;
    QTest::newRow("hexadecimal length") << post("Content-Length: 0x10\r\n") << 400;
    QTest::newRow("length beyond counting") << post("Content-Length: 99999999999999999999999\r\n") << 400;
    QTest::newRow("length beyond signed") << post("Content-Length: 18446744073709551615\r\n") << 413;
    QTest::newRow("another encoding") << post("Transfer-Encoding: gzip, chunked\r\n") << 501;
    QTest::newRow("encoding in disguise") << post("Transfer-Encoding: xchunked\r\n") << 501;
    QTest::newRow("two encodings") << post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")
                                   << 400;
    QTest::newRow("chunked in 1.0") << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
                                    << 400;
    QTest::newRow("version 2") << QByteArray("GET / HTTP/2.0\r\nHost: x\r\n\r\n") << 505;
    QTest::newRow("version 0.9") << QByteArray("GET /\r\n\r\n") << 400;
    QTest::newRow("no target") << QByteArray("GET HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    for (const char *target :
         {"ftp://h/a", "http:///a", "http://", "http://user@h/a", "http:/a", "a/b", "*"}) {
        QTest::newRow(target) << QByteArray("GET ") + target + " HTTP/1.1\r\nHost: x\r\n\r\n" << 400;
    }
    QTest::newRow("authority as target") << QByteArray("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    QTest::newRow("asterisk") << QByteArray("GET * HTTP/1.1\r\nHost: x\r\n\r\n") << 400;
    QTest::newRow("too large") << get("A: " + QByteArray(20000, 'a') + "\r\n") << 431;
    QTest::newRow("too large and unfinished") << QByteArray(20000, 'a') << 431;
}

void TestHttpParser::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const auto result = parseHttpHead(bytes, 16384);
    QVERIFY(std::holds_alternative<HttpRefusal>(result));
    QCOMPARE(std::get<HttpRefusal>(result).status, status);
}

void TestHttpParser::readsTheTarget_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("root") << QByteArray("/") << QByteArray("/") << QByteArray();
    QTest::newRow("query") << QByteArray("/a?b=c") << QByteArray("/a") << QByteArray("b=c");
    QTest::newRow("fragment") << QByteArray("/a#b?c") << QByteArray("/a") << QByteArray();
    QTest::newRow("escaped question mark") << QByteArray("/a%3Fb?c") << QByteArray("/a?b") << QByteArray("c");
    QTest::newRow("dots stay") << QByteArray("/../a") << QByteArray("/../a") << QByteArray();
}

void TestHttpParser::readsTheTarget()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    const HttpHead head = headOf("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(head.request.path, path);
    QCOMPARE(head.request.query.text(), query);
}

void TestHttpParser::readsTheAbsoluteForm_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    const auto row = [](const char *target, const char *host, const char *path, const char *query = "") {
        QTest::newRow(target) << QByteArray(target) << QByteArray(host) << QByteArray(path)
                              << QByteArray(query);
    };
    row("http://h:80/a?b=c", "h:80", "/a", "b=c");
    row("http://h", "h", "/");
    row("http://h/", "h", "/");
    row("http://h?b=c", "h", "/", "b=c");
    row("http://h#b", "h", "/");
    row("HTTPS://chat.example.org/socket.io/?EIO=4", "chat.example.org", "/socket.io/", "EIO=4");
    row("ws://[::1]:3000/a", "[::1]:3000", "/a");
    row("wss://h/a?b=http://c/d", "h", "/a", "b=http://c/d");
    row("/a?b=http://c/d", "x", "/a", "b=http://c/d"); // Not of this form: the Host header's.
}

void TestHttpParser::readsTheAbsoluteForm()
{
    QFETCH(QByteArray, target);
    const HttpHead head = headOf("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    QTEST(head.request.host(), "host");
    QTEST(head.request.path, "path");
    QTEST(head.request.query.text(), "query");
}

void TestHttpParser::tellsWhetherTheConnectionStays_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("stays");
    QTest::newRow("1.1") << get() << true;
    QTest::newRow("1.1 close") << get("Connection: close\r\n") << false;
    QTest::newRow("1.1 Close among others") << get("Connection: foo, Close\r\n") << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n") << true;
}

void TestHttpParser::tellsWhetherTheConnectionStays()
{
    QFETCH(QByteArray, bytes);
    QTEST(headOf(bytes).keepAlive, "stays");
}

void TestHttpParser::recognisesAnUpgrade_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<bool>("upgrades");
    QTest::newRow("plain") << QByteArray("Connection: Upgrade\r\nUpgrade: websocket\r\n") << true;
    QTest::newRow("in lists") << QByteArray("Connection: keep-alive, UPGRADE\r\nUpgrade: WebSocket\r\n")
                              << true;
    QTest::newRow("another protocol") << QByteArray("Connection: Upgrade\r\nUpgrade: h2c\r\n") << false;
    QTest::newRow("no connection token") << QByteArray("Upgrade: websocket\r\n") << false;
}

void TestHttpParser::recognisesAnUpgrade()
{
    QFETCH(QByteArray, fields);
    QTEST(headOf(get(fields)).upgradesToWebSocket, "upgrades");
}

void TestHttpParser::readsABodyInPieces_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("length") << QByteArray("Content-Length: 5\r\n") << QByteArray("hello")
                            << QByteArray("hello");
    const QByteArray chunked = "Transfer-Encoding: Chunked\r\n";
    QTest::newRow("chunks") << chunked << QByteArray("3\r\nhel\r\n02;a=b\r\nlo\r\n0\r\n\r\n")
                            << QByteArray("hello");
    QTest::newRow("no chunks") << chunked << QByteArray("0\r\n\r\n") << QByteArray();
    QTest::newRow("trailers") << chunked << QByteArray("1\r\na\r\n0\r\nX: y\r\n\r\n") << QByteArray("a");
}

void TestHttpParser::readsABodyInPieces()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    for (const qsizetype piece : {qsizetype(1), qsizetype(4), bytes.size()}) {
        HttpBodyParser parser(headOf(post(fields)), 5);
        QByteArray waiting;
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            QVERIFY(!parser.isDone());
            waiting += bytes.mid(at, piece);
            const auto used = parser.consume(waiting);
            QVERIFY(std::holds_alternative<qsizetype>(used));
            waiting.remove(0, std::get<qsizetype>(used));
        }
        QVERIFY(parser.isDone());
        QVERIFY(waiting.isEmpty());
        QCOMPARE(parser.takeBody(), body);
    }
}

void TestHttpParser::refusesABody_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    QTest::newRow("too long") << QByteArray("Content-Length: 6\r\n") << QByteArray("x") << 413;
    QTest::newRow("chunk too long") << chunked << QByteArray("6\r\nabcdef\r\n") << 413;
    QTest::newRow("chunks too long") << chunked << QByteArray("3\r\nabc\r\n3\r\ndef\r\n") << 413;
    QTest::newRow("chunk size beyond counting") << chunked << QByteArray("fffffffffffffffff\r\n") << 400;
    QTest::newRow("negative chunk size") << chunked << QByteArray("-1\r\na") << 400;
    QTest::newRow("no chunk size") << chunked << QByteArray("\r\nabc") << 400;
    QTest::newRow("no line end after a chunk") << chunked << QByteArray("1\r\nabcd\r\n") << 400;
    QTest::newRow("endless extension") << chunked << "1;" + QByteArray(17000, 'e') << 400;
}

void TestHttpParser::refusesABody()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, bytes);
    HttpBodyParser parser(headOf(post(fields)), 5);
    const auto result = parser.consume(bytes);
    QVERIFY(std::holds_alternative<HttpRefusal>(result));
    QTEST(std::get<HttpRefusal>(result).status, "status");
}

void TestHttpParser::leavesWhatFollowsTheBody()
{
    HttpBodyParser fixed(headOf(post("Content-Length: 2\r\n")), 5);
    QCOMPARE(std::get<qsizetype>(fixed.consume("abGET /")), 2);
    HttpBodyParser chunked(headOf(post("Transfer-Encoding: chunked\r\n")), 5);
    QCOMPARE(std::get<qsizetype>(chunked.consume("1\r\na\r\n0\r\n\r\nGET /")), 11);
    QVERIFY(chunked.isDone());
}

void TestHttpParser::serializesAnAnswer()
{
    HttpResponse response = HttpResponse::text("hi", 404);
    response.headers.append("Date", "now");
    QCOMPARE(serializeHttpResponse(response, "GET", true),
             QByteArray("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=UTF-8\r\nDate: now\r\n"
                        "Content-Length: 2\r\nConnection: keep-alive\r\n\r\nhi"));
    QVERIFY(serializeHttpResponse(response, "HEAD", false)
                .endsWith("Content-Length: 2\r\nConnection: close\r\n\r\n"));
    QVERIFY(!serializeHttpResponse(HttpResponse{.status = 204}, "GET", true).contains("Content-Length"));
}

void TestHttpParser::compressesAnAnswerThatMayBe()
{
    const QByteArray large = QByteArray("0123456789").repeated(500);
    HttpResponse response = HttpResponse::text(large);
    QVERIFY(!serializeHttpResponse(response, "GET", true).contains("gzip"));
    response.gzip = true;
    const QByteArray bytes = serializeHttpResponse(response, "GET", true);
    const qsizetype body = bytes.indexOf("\r\n\r\n") + 4;
    QVERIFY(bytes.contains("\r\nContent-Encoding: gzip\r\n"));
    QVERIFY(bytes.contains("\r\nContent-Length: " + QByteArray::number(bytes.size() - body) + "\r\n"));
    QVERIFY(bytes.size() < large.size() / 10);
    QCOMPARE(bytes.sliced(body, 4), QByteArray("\x1f\x8b\x08\x00", 4));
    // To HEAD is said what GET would bring.
    QVERIFY(bytes.startsWith(serializeHttpResponse(response, "HEAD", true)));
    response.body = "little";
    QVERIFY(!serializeHttpResponse(response, "GET", true).contains("gzip"));
    response.body = QByteArray(256 * 1024 + 1, 'x'); // It would hold its thread.
    QVERIFY(!serializeHttpResponse(response, "GET", true).contains("gzip"));
    response.body = large;
    response.status = 304;
    QVERIFY(!serializeHttpResponse(response, "GET", true).contains("gzip"));
}

void TestHttpParser::refusesProgramsInTheirWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("malformed") << 400 << QByteArray("INVALID_REQUEST");
    QTest::newRow("another's page") << 403 << QByteArray("PERMISSION_DENIED");
    QTest::newRow("nothing there") << 404 << QByteArray("NOT_FOUND");
    QTest::newRow("another method") << 405 << QByteArray("INVALID_REQUEST");
    QTest::newRow("too slow") << 408 << QByteArray("TIMEOUT");
    QTest::newRow("a large body") << 413 << QByteArray("PAYLOAD_TOO_LARGE");
    QTest::newRow("another host") << 421 << QByteArray("INVALID_REQUEST");
    QTest::newRow("a large head") << 431 << QByteArray("PAYLOAD_TOO_LARGE");
    QTest::newRow("an exception") << 500 << QByteArray("UNAVAILABLE");
    QTest::newRow("too much") << 503 << QByteArray("UNAVAILABLE");
    QTest::newRow("another version") << 505 << QByteArray("INVALID_REQUEST");
}

void TestHttpParser::refusesProgramsInTheirWords()
{
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const HttpResponse told = refusalAt("/api/v1/rooms", status, "why");
    QCOMPARE(told.status, status);
    QCOMPARE(told.headers.value("Content-Type"), QByteArray("application/problem+json"));
    const QJsonObject body = QJsonDocument::fromJson(told.body).object();
    QCOMPARE(body[u"status"].toInt(), status);
    QCOMPARE(body[u"code"].toString().toUtf8(), code);
    QCOMPARE(body[u"detail"].toString(), QStringLiteral("why"));
    QVERIFY(!body[u"title"].toString().isEmpty());
    const HttpResponse elsewhere = refusalAt("/apiary", status, "why");
    QCOMPARE(elsewhere.status, status);
    QCOMPARE(elsewhere.body, QByteArray("why\n"));
}

void TestHttpParser::keepsLineBreaksOutOfHeaders()
{
    HttpResponse response;
    response.headers.append("Location", "/a\r\nSet-Cookie: evil=1");
    QVERIFY(serializeHttpResponse(response, "GET", true).contains("\r\nLocation: /aSet-Cookie: evil=1\r\n"));
}

DIALOGUE_TEST(TestHttpParser, NoApplication)
#include "tst_httpparser.moc"
