#include "server/fanout/publication.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "heap.h"
#include "lineencoding.h"
#include "server/fanout/roomstream.h"
#include "server/socketio/eventencoding.h"
#include "testclasses.h"

#include <QTest>

#include <latch>
#include <thread>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

EventMessage message(const QList<QByteArray> &attachments = {})
{
    return {.event = u"message"_s,
            .roomId = u"chat"_s,
            .data = u"hello"_s,
            .from = u"ann"_s,
            .timestamp = 1700000000123,
            .offset = 7,
            .attachments = attachments};
}

/** Publications of one room, read by Socket.IO and by lines. */
class TwoKinds
{
public:
    PublicationPtr publish(const EventMessage &what, LossRules rules = {}) const
    {
        if (rules.policy != SlowReaderPolicy::Disconnect)
            rules.stream = m_stream;
        return Publication::create(encodings, {.offset = what.offset, .seq = 42}, what,
                                   protocol::encodeEventMessage(what), rules);
    }

    const Encodings encodings{.kept = socketio::eventEncoding(), .others = 1};
    LineEncoding lines;

private:
    const RoomStreamPtr m_stream = std::make_shared<RoomStream>(u"chat"_s, socketio::eventEncoding());
};

} // namespace

class TestPublication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTheMessageItWasMadeOf_data()
    {
        QTest::addColumn<QList<QByteArray>>("attachments");
        QTest::newRow("text") << QList<QByteArray>();
        QTest::newRow("with attachments") << QList<QByteArray>{"one", "", QByteArray(70000, 'x')};
    }
    void holdsTheMessageItWasMadeOf()
    {
        QFETCH(QList<QByteArray>, attachments);
        const EventMessage sent = message(attachments);
        const PublicationPtr publication = TwoKinds().publish(sent);
        QCOMPARE(publication->json().toByteArray(), protocol::encodeEventMessage(sent));
        QCOMPARE(publication->attachmentCount(), attachments.size());
        QCOMPARE(publication->attachments(), attachments);
        QCOMPARE(publication->offset(), quint64(7));
        QCOMPARE(publication->seq(), quint64(42));
        const EventMessage got = publication->message(u"chat"_s);
        QCOMPARE(protocol::encodeEventMessage(got), protocol::encodeEventMessage(sent));
        QCOMPARE(got.attachments, attachments);
    }

    void isEncodedOnceForAllWhoReadOneKind()
    {
        const TwoKinds room;
        const PublicationPtr publication = room.publish(message({"bytes"}));
        std::array<FramePtr, 4> frames;
        std::latch together(frames.size());
        std::vector<std::jthread> readers;
        for (FramePtr &frame : frames) {
            readers.emplace_back([&] {
                together.arrive_and_wait();
                frame = publication->encodedBy(room.lines);
            });
        }
        readers.clear();
        for (const FramePtr &frame : frames)
            QCOMPARE(frame, frames[0]);
        QCOMPARE(room.lines.encoded.load(), 1);
        QVERIFY(frames[0]->bytes().startsWith("message 42 {"));
        QVERIFY(frames[0]->bytes().endsWith(" Ynl0ZXM=\n"));
        // The one it is kept in is there already, and another kind's is another.
        QCOMPARE(publication->encodedBy(room.encodings.kept)->bytes().size(), publication->size());
        const LineEncoding others{};
        QVERIFY(publication->encodedBy(others) != frames[0]);
        QCOMPARE(publication->encodedBy(room.lines), frames[0]);
    }

    void hasTheSameFateInAFullQueueInEachEncoding()
    {
        const TwoKinds room;
        const LossRules rules{.policy = SlowReaderPolicy::KeepLatest, .key = "message", .isVolatile = true};
        const PublicationPtr first = room.publish(message(), rules);
        const PublicationPtr second = room.publish(message(), rules);
        QVERIFY(first->isVolatile());
        const FramePtr &kept = first->encodedBy(room.encodings.kept);
        const FramePtr &line = first->encodedBy(room.lines);
        for (const FramePtr &frame : {kept, line}) {
            QVERIFY(frame->isDroppable());
            QCOMPARE(frame->policy, SlowReaderPolicy::KeepLatest);
            QCOMPARE(frame->offset, quint64(7));
            QCOMPARE(frame->key(), "message");
            QCOMPARE(frame->keyHash(), kept->keyHash());
            QVERIFY(frame->isVolatile);
        }
        // One may be dropped for the other, and what was is told in the words of its reader.
        QCOMPARE(second->encodedBy(room.lines)->stream, line->stream);
        QVERIFY(line->stream != kept->stream);
        QCOMPARE(line->stream->gapFrame(7, 7, GapReason::Replaced)->bytes(), "gap chat 7-7 replaced\n");
        QVERIFY(!room.publish(message())->encodedBy(room.lines)->isDroppable());
    }

    void countsAsMemoryWhatAllItsEncodingsTake_data()
    {
        QTest::addColumn<QList<QByteArray>>("attachments");
        QTest::newRow("text") << QList<QByteArray>();
        QTest::newRow("with attachments") << QList<QByteArray>{QByteArray(3000, 'x'), QByteArray(300, 'y')};
    }
    void countsAsMemoryWhatAllItsEncodingsTake()
    {
        QFETCH(QList<QByteArray>, attachments);
        const TwoKinds room;
        const EventMessage sent = message(attachments);
        std::vector<PublicationPtr> kept;
        constexpr int count = 200;
        kept.reserve(count);
        const qint64 before = heapBytes();
        for (int i = 0; i < count; ++i) {
            kept.push_back(room.publish(sent));
            (void)kept.back()->encodedBy(room.lines);
        }
        const qint64 each = (heapBytes() - before) / count;
        QVERIFY2(kept.front()->heapSize() >= each,
                 qPrintable(u"%1 counted, %2 taken"_s.arg(kept.front()->heapSize()).arg(each)));
        QVERIFY2(kept.front()->heapSize() <= each * 3 / 2,
                 qPrintable(u"%1 counted, %2 taken"_s.arg(kept.front()->heapSize()).arg(each)));
    }
};

DIALOGUE_TEST(TestPublication, NoApplication)
#include "tst_publication.moc"
