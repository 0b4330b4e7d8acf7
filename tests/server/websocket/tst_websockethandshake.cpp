#include "server/websocket/websockethandshake.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestWebSocketHandshake : public QObject
{
    Q_OBJECT

    static HttpHeaders offering(const QList<QByteArray> &protocols)
    {
        HttpHeaders headers;
        headers.append("Sec-WebSocket-Version", "13");
        headers.append("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        for (const QByteArray &protocol : protocols)
            headers.append("Sec-WebSocket-Protocol", protocol);
        return headers;
    }

private Q_SLOTS:
    void answersTheKeyOfTheRfc()
    {
        QCOMPARE(
            upgradeResponse(offering({})),
            QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
    }

    void takesTheFirstSubprotocolOffered_data()
    {
        QTest::addColumn<QList<QByteArray>>("offered");
        QTest::addColumn<QByteArray>("taken"); // empty: none is named
        using List = QList<QByteArray>;
        QTest::newRow("one") << List{"arduino"} << QByteArray("arduino");
        QTest::newRow("several") << List{"v2.my-app, v1.my-app"} << QByteArray("v2.my-app");
        QTest::newRow("several headers") << List{" a ", "b"} << QByteArray("a");
        QTest::newRow("none") << List{} << QByteArray();
        QTest::newRow("an empty header") << List{""} << QByteArray();
    }
    void takesTheFirstSubprotocolOffered()
    {
        QFETCH(QList<QByteArray>, offered);
        QFETCH(QByteArray, taken);
        HttpRequest request;
        request.headers = offering(offered);
        QVERIFY(!refusalOfUpgrade(request));
        const QByteArray response = upgradeResponse(request.headers);
        QVERIFY(response.endsWith(taken.isEmpty() ? QByteArray("K+xOo=\r\n\r\n")
                                                  : "\r\nSec-WebSocket-Protocol: " + taken + "\r\n\r\n"));
        QCOMPARE(response.contains("Sec-WebSocket-Protocol"), !taken.isEmpty());
    }

    void refusesSubprotocolsThatAreNoNames_data()
    {
        QTest::addColumn<QByteArray>("offered");
        QTest::newRow("two words") << QByteArray("my app");
        QTest::newRow("quoted") << QByteArray("\"app\"");
        QTest::newRow("not ASCII") << QByteArray("\xc3\xa4pp");
        QTest::newRow("a path") << QByteArray("app/1");
    }
    void refusesSubprotocolsThatAreNoNames()
    {
        QFETCH(QByteArray, offered);
        HttpRequest request;
        request.headers = offering({offered});
        const auto refusal = refusalOfUpgrade(request);
        QVERIFY(refusal);
        QCOMPARE(refusal->status, 400);
        QVERIFY(refusal->body.contains("Sec-WebSocket-Protocol"));
    }

    void refusesWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("status");
        const QByteArray good = "dGhlIHNhbXBsZSBub25jZQ==";
        QTest::newRow("good") << QByteArray("13") << good << 0;
        QTest::newRow("no version") << QByteArray() << good << 426;
        QTest::newRow("an old version") << QByteArray("8") << good << 426;
        QTest::newRow("two versions at once") << QByteArray("13, 8") << good << 426;
        QTest::newRow("no key") << QByteArray("13") << QByteArray() << 400;
        QTest::newRow("a short key") << QByteArray("13") << QByteArray("c2hvcnQ=") << 400;
        QTest::newRow("a long key") << QByteArray("13") << QByteArray(17, 'k').toBase64() << 400;
        QTest::newRow("no base64") << QByteArray("13") << QByteArray("dGhlIHNhbXBsZSBub25jZ!==") << 400;
    }
    void refusesWithTheReason()
    {
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, key);
        QFETCH(int, status);
        HttpRequest request;
        if (!version.isEmpty())
            request.headers.append("Sec-WebSocket-Version", version);
        if (!key.isEmpty())
            request.headers.append("Sec-WebSocket-Key", key);
        const auto refusal = refusalOfUpgrade(request);
        QCOMPARE(refusal ? refusal->status : 0, status);
        if (!refusal)
            return;
        QVERIFY(refusal->close);
        QVERIFY(refusal->body.contains("is expected"));
        // RFC 6455, section 4.4: which version there is instead.
        QCOMPARE(refusal->headers.value("Sec-WebSocket-Version"),
                 status == 426 ? QByteArray("13") : QByteArray());
    }
};

DIALOGUE_TEST(TestWebSocketHandshake, NoApplication)
#include "tst_websockethandshake.moc"
