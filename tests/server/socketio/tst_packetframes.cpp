#include "server/socketio/packetframes.h"
#include "server/socketio/values.h"

#include "core/protocol/socketio/packet.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

namespace {

QList<QByteArray> messages(const FramePtr &frame)
{
    QList<QByteArray> out;
    for (const Frame::Message &message : frame->messages())
        out.append(frame->payload(message).toByteArray());
    return out;
}

} // namespace

class TestPacketFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesEvents()
    {
        const QJsonArray args{1, QStringLiteral("x")};
        QCOMPARE(messages(eventFrame("/", QStringLiteral("message"), args)),
                 QList<QByteArray>{"42[\"message\",1,\"x\"]"});
        QCOMPARE(messages(eventFrame("/admin", QStringLiteral("m"), {})),
                 QList<QByteArray>{"42/admin,[\"m\"]"});
    }

    void encodesAcks()
    {
        QCOMPARE(messages(ackFrame("/", 17, {true})), QList<QByteArray>{"4317[true]"});
        QCOMPARE(messages(ackFrame("/admin", 0, {})), QList<QByteArray>{"43/admin,0[]"});
    }

    void carriesBinaryBehind()
    {
        const QJsonArray args{socketio::placeholder(0), socketio::placeholder(1)};
        const FramePtr frame = eventFrame("/", QStringLiteral("file"), args, {"one", "two"});
        const QByteArray text
            = "452-[\"file\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
        QCOMPARE(messages(frame), (QList<QByteArray>{text, "one", "two"}));
        QVERIFY(!frame->messages()[0].binary);
        QVERIFY(frame->messages()[2].binary);
        QCOMPARE(messages(ackFrame("/", 3, {socketio::placeholder(0)}, {"b"})).first(),
                 QByteArray("461-3[{\"_placeholder\":true,\"num\":0}]"));
    }

    void namesReasonsAsSocketIoDoes()
    {
        QCOMPARE(reasonName(DisconnectReason::ClientDisconnect), QByteArray("client namespace disconnect"));
        QCOMPARE(reasonName(DisconnectReason::TransportClosed), QByteArray("transport close"));
        QCOMPARE(reasonName(DisconnectReason::ConnectionLost), QByteArray("transport close"));
        QCOMPARE(reasonName(DisconnectReason::PingTimeout), QByteArray("ping timeout"));
        QCOMPARE(reasonName(DisconnectReason::ServerShutdown), QByteArray("server shutting down"));
    }
};

DIALOGUE_TEST(TestPacketFrames, QCoreApplication)
#include "tst_packetframes.moc"
