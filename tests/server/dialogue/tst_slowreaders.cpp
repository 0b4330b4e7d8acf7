#include "dialoguetest.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpSocket>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/** A WebSocket client that reads only when it is told to. */
class WebSocketReader
{
public:
    explicit WebSocketReader(quint16 port)
    {
        m_socket.setReadBufferSize(1);
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        m_socket.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                       "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }
    void say(const QByteArray &packet)
    {
        const auto head
            = QByteArray("\x81") + char(0x80 | packet.size()) + QByteArray(4, '\0'); // Masked with zeros.
        m_socket.write(head + packet);
    }
    /** The packets that have come and are complete. */
    QByteArrayList read()
    {
        m_socket.setReadBufferSize(0);
        m_received += m_socket.readAll();
        if (!m_isOpen) {
            const qsizetype end = m_received.indexOf("\r\n\r\n");
            if (end < 0)
                return {};
            m_received.remove(0, end + 4);
            m_isOpen = true;
        }
        QByteArrayList packets;
        qsizetype at = 0;
        while (m_received.size() >= at + 10) {
            const auto byte = [&](qsizetype i) { return qsizetype(quint8(m_received.at(at + i))); };
            const bool isLong = byte(1) == 126; // None here is longer than what two bytes say.
            const qsizetype size = isLong ? byte(2) << 8 | byte(3) : byte(1);
            const qsizetype head = isLong ? 4 : 2;
            if (m_received.size() < at + head + size)
                break;
            packets.append(m_received.mid(at + head, size));
            at += head + size;
        }
        m_received.remove(0, at);
        return packets;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_isOpen = false;
};

/** A polling client: each of its requests has a connection of its own. */
class PollingReader
{
public:
    explicit PollingReader(quint16 port)
        : m_port(port)
    {
        const QByteArray opened = request("GET", {});
        m_sid = QJsonDocument::fromJson(opened.mid(1)).object()[u"sid"].toString().toLatin1();
    }
    void say(const QByteArray &packet) { request("POST", packet); }
    QByteArrayList read() { return request("GET", {}).split('\x1e'); }

private:
    QByteArray request(const QByteArray &method, const QByteArray &body)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        socket.write(method + " /socket.io/?EIO=4&transport=polling"
                     + (m_sid.isEmpty() ? "" : "&sid=" + m_sid)
                     + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
                     + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        (void)QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; },
                              20000);
        const QByteArray answer = socket.readAll();
        return answer.mid(answer.indexOf("\r\n\r\n") + 4);
    }

    quint16 m_port;
    QByteArray m_sid;
};

/** What a reader knows of a room's events. */
struct Position
{
    QSet<int> told; ///< Came, or is known to be missing.
    int delivered = 0;
    int gaps = 0;
    int reached = 0;
    bool passedOne = false; ///< An event came before it was known that an earlier one will not.

    void take(const QByteArray &packet)
    {
        if (!packet.startsWith("42[\"dialogue:"))
            return;
        const QJsonArray args = QJsonDocument::fromJson(packet.mid(2)).array();
        const QString name = args.at(0).toString();
        const QJsonObject payload = args.at(1).toObject();
        int to = payload[u"offset"].toInt();
        int from = to;
        if (name == u"dialogue:gap") {
            from = payload[u"from"].toInt();
            to = payload[u"to"].toInt();
            ++gaps;
        } else if (name != u"dialogue:event") {
            return;
        } else {
            ++delivered;
        }
        for (int offset = from; offset <= to; ++offset)
            told.insert(offset);
        while (told.contains(reached + 1))
            ++reached;
        passedOne = passedOne || (name == u"dialogue:event" && reached < to);
    }
};

} // namespace

/** Readers that fall behind in rooms that drop events, against the whole server. */
class TestSlowReaders : public QObject
{
    Q_OBJECT

    template <class Reader>
    static void readsAllOrIsTold(SlowReaderPolicy policy, int workers)
    {
        constexpr int events
            = 12000; // Of a kilobyte: more than the kernel keeps for a reader, and the queue.
        ServerConfig settings = config(workers);
        settings.rooms[0].slowReader = policy;
        if (policy == SlowReaderPolicy::KeepLatest)
            settings.rooms[0].latestKey = u"text"_s;
        settings.limits.sendQueue = 1'000'000;
        Dialogue server(settings);
        QVERIFY(server.start());
        QSignalSpy connected(&server, &Dialogue::clientConnected);
        Reader reader(server.port());
        reader.say("40");
        QTRY_COMPARE(connected.size(), 1);
        reader.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        Room *const room = server.room(u"chat"_s);
        QTRY_COMPARE(room->size(), 1);
        for (int i = 1; i <= events; ++i) {
            const QString text = QString::number(i % 500).leftJustified(1000, u'.');
            QVERIFY(room->trigger(u"message"_s, QJsonObject{{u"text"_s, text}}));
            if (i % 100 == 0)
                QCoreApplication::processEvents();
        }
        Position position;
        QVERIFY(QTest::qWaitFor(
            [&] {
                for (const QByteArray &packet : reader.read())
                    position.take(packet);
                return position.reached == events;
            },
            30000));
        QVERIFY(!position.passedOne);
        QVERIFY2(position.delivered < events, "it never was too slow");
        QVERIFY(position.gaps > 0);
        QCOMPARE(room->size(), 1); // Nobody was thrown out.
    }

private Q_SLOTS:
    void readAllOrAreTold_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<bool>("polls");
        QTest::addColumn<SlowReaderPolicy>("policy");
        for (const int workers : {0, 1}) {
            for (const bool polls : {false, true}) {
                for (const auto policy : {SlowReaderPolicy::DropOldest, SlowReaderPolicy::KeepLatest}) {
                    QTest::addRow("%d workers, %s, %s", workers, polls ? "polling" : "WebSocket",
                                  policy == SlowReaderPolicy::DropOldest ? "dropOldest" : "keepLatest")
                        << workers << polls << policy;
                }
            }
        }
    }
    void readAllOrAreTold()
    {
        QFETCH(int, workers);
        QFETCH(bool, polls);
        QFETCH(SlowReaderPolicy, policy);
        if (polls)
            readsAllOrIsTold<PollingReader>(policy, workers);
        else
            readsAllOrIsTold<WebSocketReader>(policy, workers);
    }
};

DIALOGUE_TEST(TestSlowReaders, QCoreApplication)
#include "tst_slowreaders.moc"
