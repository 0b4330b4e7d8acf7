#include "client/engineio/websockethandshake.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace Qt::StringLiterals;

namespace {

const QByteArray Key = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455, 1.3, as its answer
const QByteArray Accepted
    = "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

} // namespace

class TestWebSocketAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksAsTheRfcHasIt()
    {
        QNetworkRequest request(QUrl(u"wss://chat.example:8443/a%20b/?x=%2F&y=1"_s));
        request.setRawHeader("X-Key", "secret");
        request.setRawHeader("Upgrade", "h2c"); // not theirs to say
        request.setRawHeader("X-Broken", "a\r\nX-Smuggled: b");
        request.setRawHeader("X Broken", "a");
        // Some versions of Qt write the names of headers small.
        QCOMPARE(handshakeRequest(request, Key).replace("x-key", "X-Key"),
                 "GET /a%20b/?x=%2F&y=1 HTTP/1.1\r\nHost: chat.example:8443\r\nUpgrade: websocket\r\n"
                 "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                     + Key + "\r\nX-Key: secret\r\n\r\n");
    }

    void namesTheHost_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("a name") << u"ws://chat.example/"_s << QByteArray("chat.example");
        QTest::newRow("IPv6") << u"ws://[::1]:3000/"_s << QByteArray("[::1]:3000");
        QTest::newRow("not ASCII") << u"ws://b\u00fccher.example/"_s << QByteArray("xn--bcher-kva.example");
    }
    void namesTheHost()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, host);
        QVERIFY(handshakeRequest(QNetworkRequest(QUrl(url)), Key).contains("\r\nHost: " + host + "\r\n"));
    }

    void readsTheAnswerHoweverItIsCut()
    {
        const QByteArray head = Accepted + "\r\n";
        for (qsizetype size = 0; size < head.size(); ++size) {
            const auto part = readHandshake(head.first(size), Key);
            QVERIFY(part);
            QVERIFY(!part->has_value());
        }
        const auto whole = readHandshake(head + "\x81\x02hi", Key);
        QVERIFY(whole && whole->has_value());
        QCOMPARE((*whole)->status, 101);
        QCOMPARE((*whole)->size, head.size());
        QCOMPARE((*whole)->fault, QString());
    }

    void knowsWhatIsNoWebSocket_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("fault");
        QTest::newRow("another protocol")
            << QByteArray(Accepted).replace("WebSocket", "h2c") << u"not to a WebSocket"_s;
        QTest::newRow("no upgrade") << QByteArray(Accepted).replace(", Upgrade", "")
                                    << u"not to a WebSocket"_s;
        QTest::newRow("the answer to another key")
            << QByteArray(Accepted).replace("s3pP", "S3pP") << u"Sec-WebSocket-Accept"_s;
        QTest::newRow("an extension") << Accepted + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                                      << u"Sec-WebSocket-Extensions"_s;
        QTest::newRow("a subprotocol") << Accepted + "Sec-WebSocket-Protocol: chat\r\n"
                                       << u"Sec-WebSocket-Protocol"_s;
    }
    void knowsWhatIsNoWebSocket()
    {
        QFETCH(QByteArray, head);
        QFETCH(QString, fault);
        const auto answer = readHandshake(head + "\r\n", Key);
        QVERIFY(answer && answer->has_value());
        QVERIFY2((*answer)->fault.contains(fault), qPrintable((*answer)->fault));
    }

    void readsWhyNot()
    {
        const auto answer
            = readHandshake("HTTP/1.0 302 Found\r\nLocation:  https://b.example/\r\nX: y\r\n\r\nmoved", Key);
        QVERIFY(answer && answer->has_value());
        QCOMPARE((*answer)->status, 302);
        QCOMPARE((*answer)->reason, QByteArray("Found"));
        QCOMPARE((*answer)->location, QByteArray("https://b.example/"));
    }

    void refusesWhatIsNoHttp_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
        QTest::newRow("no status") << QByteArray("HTTP/1.1 OK\r\n\r\n");
        QTest::newRow("a status that is none") << QByteArray("HTTP/1.1 -12 OK\r\n\r\n");
        QTest::newRow("HTTP/1.1 alone") << QByteArray("HTTP/1.1\r\n\r\n");
        QTest::newRow("without end") << "HTTP/1.1 101 X\r\nX: " + QByteArray(LongestHead, 'x');
    }
    void refusesWhatIsNoHttp()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!readHandshake(bytes, Key));
    }
};

DIALOGUE_TEST(TestWebSocketAnswer, QCoreApplication)
#include "tst_websocketanswer.moc"
