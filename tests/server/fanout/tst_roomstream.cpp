#include "server/fanout/roomstream.h"

#include "lineencoding.h"
#include "server/socketio/eventencoding.h"

#include "testclasses.h"

#include <QTest>

#include <limits>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestRoomStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysAGap_data()
    {
        QTest::addColumn<QString>("room");
        QTest::addColumn<quint64>("from");
        QTest::addColumn<quint64>("to");
        QTest::addColumn<GapReason>("reason");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const QString &room, quint64 from, quint64 to, GapReason reason,
                            const QByteArray &payload) {
            QTest::newRow(name) << room << from << to << reason
                                << QByteArray("42[\"dialogue:gap\",") + QByteArray(payload).replace('\'', '"')
                    + ']';
        };
        row("dropped", u"chat"_s, 3, 1000, GapReason::Dropped,
            "{'roomId':'chat','from':3,'to':1000,'reason':'dropped'}");
        row("replaced", u"a\nb"_s, 7, 7, GapReason::Replaced,
            "{'roomId':'a\\nb','from':7,'to':7,'reason':'replaced'}");
    }
    void saysAGap()
    {
        QFETCH(QString, room);
        QFETCH(quint64, from);
        QFETCH(quint64, to);
        QFETCH(GapReason, reason);
        const RoomStream stream(room, socketio::eventEncoding());
        const auto frame = stream.gapFrame(from, to, reason);
        QTEST(frame->payload(frame->messages().front()).toByteArray(), "text");
        QVERIFY(!frame->isDroppable());
    }

    void saysItOnceForAllWhoMissTheSame()
    {
        const RoomStream stream(u"chat"_s, socketio::eventEncoding());
        const auto first = stream.gapFrame(3, 5, GapReason::Dropped);
        QCOMPARE(stream.gapFrame(3, 5, GapReason::Dropped), first);
        // Each differs from the one before by one thing.
        QList<FramePtr> told{first};
        const QList<std::tuple<quint64, quint64, GapReason>> others{
            {3, 6, GapReason::Dropped}, {3, 6, GapReason::Replaced}, {2, 6, GapReason::Replaced}};
        for (const auto &[from, to, reason] : others) {
            const auto other = stream.gapFrame(from, to, reason);
            QVERIFY(other->bytes() != told.constLast()->bytes());
            told.append(other);
        }
    }

    void knowsTheLongestThereCanBe()
    {
        const RoomStream stream(u"chat"_s, socketio::eventEncoding());
        const auto last = quint64(std::numeric_limits<qint64>::max());
        QCOMPARE(stream.gapFrame(last, last, GapReason::Replaced)->bytes().size(), stream.largestGapFrame());
        QVERIFY(stream.gapFrame(last, last, GapReason::Dropped)->bytes().size() <= stream.largestGapFrame());
    }

    void isTheSameOneForAllWhoReadAnotherEncoding()
    {
        const RoomStream stream(u"chat"_s, socketio::eventEncoding());
        const LineEncoding lines{};
        const RoomStreamPtr other = stream.in(lines);
        QCOMPARE(stream.in(lines), other);
        QCOMPARE(other->gapFrame(3, 5, GapReason::Dropped)->bytes(), "gap chat 3-5 dropped\n");
        const LineEncoding others{};
        QVERIFY(stream.in(others) != other);
    }
};

DIALOGUE_TEST(TestRoomStream, QCoreApplication)
#include "tst_roomstream.moc"
