#include "loadprogram.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMultiHash>
#include <QProcess>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace Qt::StringLiterals;

namespace {

/** A server of the least of a protocol; rooms are paths or subjects. */
class Broker : public QWebSocketServer
{
    Q_OBJECT
public:
    Broker()
        : QWebSocketServer(u"broker"_s, NonSecureMode)
    {
        connect(this, &QWebSocketServer::newConnection, this, [this] {
            while (QWebSocket *socket = nextPendingConnection()) {
                socket->setParent(this);
                connect(socket, &QWebSocket::disconnected, this, [this, socket] {
                    m_rooms.removeIf([socket](auto entry) { return entry.value() == socket; });
                    socket->deleteLater();
                });
                welcome(socket);
            }
        });
    }

    [[nodiscard]] QStringList paths() const { return m_paths; }

protected:
    virtual void welcome(QWebSocket *socket) { m_paths.append(socket->requestUrl().path()); }
    void join(const QString &room, QWebSocket *socket) { m_rooms.insert(room, socket); }
    [[nodiscard]] QList<QWebSocket *> members(const QString &room) const { return m_rooms.values(room); }

private:
    QStringList m_paths;
    QMultiHash<QString, QWebSocket *> m_rooms;
};

class PlainBroker final : public Broker
{
    void welcome(QWebSocket *socket) override
    {
        Broker::welcome(socket);
        const QString room = socket->requestUrl().path();
        join(room, socket);
        connect(socket, &QWebSocket::textMessageReceived, this, [this, room](const QString &text) {
            for (QWebSocket *member : members(room))
                member->sendTextMessage(text);
        });
    }
};

class NatsBroker final : public Broker
{
    void welcome(QWebSocket *socket) override
    {
        Broker::welcome(socket);
        socket->sendBinaryMessage("INFO {\"max_payload\":1048576}\r\n");
        connect(socket, &QWebSocket::binaryMessageReceived, this,
                [this, socket](const QByteArray &command) { take(socket, command); });
    }

    void take(QWebSocket *socket, const QByteArray &command)
    {
        const QByteArray line = command.left(command.indexOf('\r'));
        const QByteArrayList words = line.split(' ');
        if (words[0] == "PING") {
            socket->sendBinaryMessage("PONG\r\n");
        } else if (words[0] == "SUB") {
            join(QString::fromUtf8(words[1]), socket);
        } else if (words[0] == "PUB") {
            const QByteArray message = "MSG " + words[1] + " 1 " + words[2] + command.mid(line.size());
            for (QWebSocket *member : members(QString::fromUtf8(words[1]))) { // an item may be cut anywhere
                member->sendBinaryMessage(message.left(20));
                member->sendBinaryMessage(message.mid(20));
            }
        }
    }
};

QJsonObject run(const Broker &broker, const QStringList &more)
{
    QProcess load;
    load.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const QString url = u"ws://127.0.0.1:%1/in"_s.arg(broker.serverPort());
    load.start(dialogue::test::loadProgram(),
               QStringList{u"--url"_s, url, u"--json"_s, u"--warmup=0.1"_s, u"--duration=0.5"_s} + more);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(load.state(), QProcess::NotRunning, 20000); }();
    return QJsonDocument::fromJson(load.readAllStandardOutput()).object();
}

} // namespace

class TestLoadWires : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plainGoesToThePathOfItsRoom()
    {
        PlainBroker broker;
        QVERIFY(broker.listen(QHostAddress::LocalHost));
        const QJsonObject result = run(broker,
                                       {u"--wire=plain"_s, u"--subscribers=6"_s, u"--rooms=2"_s,
                                        u"--publishers=2"_s, u"--idle=1"_s, u"--rate=100"_s});
        QVERIFY(result.value("events"_L1).toInt() > 0);
        // Publishers are in the room too. (At the end of the time an event may be on its way.)
        QVERIFY(result.value("deliveries"_L1).toInt() > result.value("events"_L1).toInt() * 3);
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
        QCOMPARE(broker.paths().count(u"/in/bench-0"_s), 4);
        QCOMPARE(broker.paths().count(u"/in/bench-1"_s), 4);
        QCOMPARE(broker.paths().count(u"/in/bench-idle"_s), 1);
    }

    void natsSubscribesToTheSubjectOfItsRoom()
    {
        NatsBroker broker;
        QVERIFY(broker.listen(QHostAddress::LocalHost));
        const QJsonObject result = run(
            broker, {u"--wire=nats"_s, u"--subscribers=6"_s, u"--rooms=2"_s, u"--idle=1"_s, u"--rate=100"_s});
        QVERIFY(result.value("events"_L1).toInt() > 0);
        QVERIFY(result.value("deliveries"_L1).toInt() > 0);
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
        QCOMPARE(result.value("repeated"_L1).toInt(-1), 0);
        QCOMPARE(result.value("connections"_L1).toInt(), 8);
    }
};

DIALOGUE_TEST(TestLoadWires, QCoreApplication)
#include "tst_loadwires.moc"
