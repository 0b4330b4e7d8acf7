#include "dialoguetest.h"
#include "pollingreader.h"
#include "websocketreader.h"

#include "testclasses.h"

#include <QPromise>
#include <QSignalSpy>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Clients that go on without waiting for the answer to their CONNECT. */
class TestEagerClients : public QObject
{
    Q_OBJECT

    /** What it reads until something begins with \a last. */
    template <class Reader>
    static QByteArrayList readUntil(Reader &reader, const QByteArray &last)
    {
        QByteArrayList all;
        (void)QTest::qWaitFor(
            [&] {
                all += reader.read();
                return !all.isEmpty() && all.last().startsWith(last);
            },
            20000);
        return all;
    }
    static QByteArrayList beginnings(const QByteArrayList &packets)
    {
        QByteArrayList result;
        for (const QByteArray &packet : packets)
            result.append(packet.left(packet.indexOf(packet.startsWith("42") ? ',' : '{')));
        return result;
    }
    static void table()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<bool>("polling");
        for (const int workers : {0, 1, 3}) {
            for (const bool polling : {false, true})
                QTest::addRow("%s, %d io threads", polling ? "polling" : "WebSocket", workers)
                    << workers << polling;
        }
    }

private Q_SLOTS:
    void areServedInOrder_data() { table(); }
    void areServedInOrder()
    {
        QFETCH(int, workers);
        QFETCH(bool, polling);
        if (polling)
            servesInOrder<PollingReader>(workers, "\x1e");
        else
            servesInOrder<WebSocketReader>(workers, {});
    }

    void areToldThatTheyAreRefused_data() { workersTable(); }
    void areToldThatTheyAreRefused()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers), {.authenticate = [](const ConnectRequest &) -> Result<Identity> {
                            return Error{ErrorCode::Unauthorized, u"Nobody"_s};
                        }});
        QVERIFY(server.start());
        WebSocketReader reader(server.port());
        reader.say("40");
        reader.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QVERIFY(readUntil(reader, "44").last().contains("UNAUTHORIZED"));
        QCOMPARE(server.room(u"chat"_s)->size(), 0);
    }

    void waitForTheAuthenticatorAndAreServedThen_data() { workersTable(); }
    void waitForTheAuthenticatorAndAreServedThen()
    {
        QFETCH(int, workers);
        QPromise<Result<Identity>> answer;
        Dialogue server(config(workers),
                        {.authenticateLater = [&](const ConnectRequest &, const std::stop_token &) {
                            answer.start();
                            return answer.future();
                        }});
        QVERIFY(server.start());
        WebSocketReader reader(server.port());
        reader.say("40");
        reader.say(R"(421["dialogue:join",{"roomId":"chat"}])");
        QTRY_VERIFY(answer.future().isStarted());
        reader.say(R"(422["dialogue:trigger",{"roomId":"chat","event":"message","data":{"text":"Hi"}}])");
        answer.addResult(Identity{.userId = u"ann"_s});
        answer.finish();
        QByteArrayList all = beginnings(readUntil(reader, "432"));
        all.removeIf([](const QByteArray &packet) { return packet.startsWith('0'); });
        QCOMPARE(all,
                 (QByteArrayList{"40", R"(42["dialogue:connected")", R"(42["dialogue:joined")", "431[",
                                 R"(42["dialogue:event")", "432["}));
        QVERIFY(server.isInRoom(u"ann"_s, u"chat"_s));
    }

    void mayLeaveAtOnce_data() { workersTable(); }
    void mayLeaveAtOnce()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers));
        QVERIFY(server.start());
        const QSignalSpy connected(&server, &Dialogue::clientConnected);
        const QSignalSpy gone(&server, &Dialogue::clientDisconnected);
        WebSocketReader reader(server.port());
        reader.say(R"(40{"userId":"ann"})");
        reader.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        reader.say("41");
        reader.say(R"(40{"userId":"ben"})");
        reader.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_VERIFY(server.isInRoom(u"ben"_s, u"chat"_s));
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(connected.size(), 2);
        QCOMPARE(server.room(u"chat"_s)->size(), 1);
    }

private:
    template <class Reader>
    static void servesInOrder(int workers, const QByteArray &separator)
    {
        Dialogue server(config(workers));
        QVERIFY(server.start());
        const QByteArrayList packets{
            R"(40{"userId":"ann"})", R"(421["dialogue:join",{"roomId":"chat"}])",
            R"(422["dialogue:trigger",{"roomId":"chat","event":"message","data":{"text":"Hi"}}])",
            R"(42["dialogue:leave",{"roomId":"chat"}])"};
        Reader reader(server.port());
        if (separator.isEmpty()) {
            for (const QByteArray &packet : packets)
                reader.say(packet);
        } else {
            reader.say(packets.join(separator));
        }
        QByteArrayList all = beginnings(readUntil(reader, R"(42["dialogue:left")"));
        all.removeIf([](const QByteArray &packet) { return packet.startsWith('0'); }); // The handshake.
        QCOMPARE(all,
                 (QByteArrayList{"40", R"(42["dialogue:connected")", R"(42["dialogue:joined")", "431[",
                                 R"(42["dialogue:event")", "432[", R"(42["dialogue:left")"}));
    }
};

DIALOGUE_TEST(TestEagerClients, QCoreApplication)
#include "tst_eagerclients.moc"
