#include "bench/load/upgrade.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::bench;

namespace {

// RFC 6455, 1.3
constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";
const QByteArray kAccepted
    = "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: Upgrade\r\n"
      "sec-websocket-accept:   s3pPLMBiTxaQ9kYGzzhZRbK+xOo= \r\n\r\n";

} // namespace

class TestUpgrade : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksForAWebSocketSession()
    {
        const std::string request = upgradeRequest({.host = "::1", .port = 3000, .path = "/io/"}, "KEY");
        QVERIFY(request.starts_with("GET /io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: [::1]:3000\r\n"));
        QVERIFY(request.find("Sec-WebSocket-Key: KEY\r\n\r\n") != std::string::npos);
    }

    void asksForTheRoomInThePath()
    {
        const Target target{.host = "x", .path = "/in/", .query = {}};
        QVERIFY(upgradeRequest(target, "KEY", "room-1").starts_with("GET /in/room-1 HTTP/1.1\r\n"));
    }

    void makesAKeyOf16Bytes()
    {
        QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(handshakeKey())).size(), 16);
        QVERIFY(handshakeKey() != handshakeKey());
    }

    void acceptsTheAnswerToItsKeyAtItsLastByte()
    {
        const QByteArray withFrame = kAccepted + QByteArray("\x81\x01x");
        for (qsizetype length = 0; length < kAccepted.size(); ++length) {
            const auto answer = readUpgradeResponse(
                std::string_view(kAccepted.constData(), static_cast<size_t>(length)), kKey);
            QCOMPARE(int(answer.state), int(UpgradeResponse::NeedMore));
        }
        const auto answer = readUpgradeResponse(
            std::string_view(withFrame.constData(), static_cast<size_t>(withFrame.size())), kKey);
        QCOMPARE(int(answer.state), int(UpgradeResponse::Accepted));
        QCOMPARE(answer.size, static_cast<std::size_t>(kAccepted.size()));
    }

    void asksForAStreamWithoutChunks()
    {
        QCOMPARE(streamRequest({.host = "::1", .port = 81}, "/events?rooms=a"),
                 std::string(
                     "GET /events?rooms=a HTTP/1.0\r\nHost: [::1]:81\r\nAccept: text/event-stream\r\n\r\n"));
    }

    void takesAStreamAndNothingElseForOne_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("problem");
        QTest::newRow("a stream") << QByteArray(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\r\n")
                                  << QByteArray();
        QTest::newRow("a page") << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                                << QByteArray("not a stream of events");
        QTest::newRow("a problem") << QByteArray("HTTP/1.1 404 Not Found\r\n\r\n{}")
                                   << QByteArray("404 Not Found: {}");
    }

    void takesAStreamAndNothingElseForOne()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, problem);
        const auto answer = readStreamResponse({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        QCOMPARE(answer.state == UpgradeResponse::Accepted, problem.isEmpty());
        QVERIFY2(QByteArray::fromStdString(answer.problem).contains(problem), answer.problem.c_str());
        if (problem.isEmpty())
            QCOMPARE(answer.size, static_cast<std::size_t>(bytes.size()));
    }

    void refusesEverythingElse_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("problem");
        QTest::newRow("not HTTP") << QByteArray("220 mail.example.org ESMTP\r\n\r\n")
                                  << QByteArray("not HTTP");
        QTest::newRow("not HTTP, seen early") << QByteArray("SSH") << QByteArray("not HTTP");
        QTest::newRow("an error with its text")
            << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n{\"code\":0,\"message\":\"Transport unknown\"}")
            << QByteArray("400 Bad Request: {\"code\":0,\"message\":\"Transport unknown\"}");
        QTest::newRow("a redirect") << QByteArray("HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n")
                                    << QByteArray("301 Moved");
        QTest::newRow("another key's answer")
            << QByteArray(kAccepted).replace("s3pP", "xxxx") << QByteArray("Sec-WebSocket-Accept");
        QTest::newRow("an upgrade to something else")
            << QByteArray(kAccepted).replace("WebSocket\r", "h2c\r") << QByteArray("not to a WebSocket");
        QTest::newRow("a head without end")
            << QByteArray("HTTP/1.1 101 X\r\n") + QByteArray(20000, 'x') << QByteArray("16 KiB");
        QTest::newRow("control characters")
            << QByteArray("HTTP/1.1 500 \x1b[31m\r\n\r\n") << QByteArray(" [31m");
    }

    void refusesEverythingElse()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, problem);
        const auto answer = readUpgradeResponse(
            std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())), kKey);
        QCOMPARE(int(answer.state), int(UpgradeResponse::Refused));
        QVERIFY2(QByteArray::fromStdString(answer.problem).contains(problem), answer.problem.c_str());
    }
};

DIALOGUE_TEST(TestUpgrade, NoApplication)
#include "tst_loadupgrade.moc"
