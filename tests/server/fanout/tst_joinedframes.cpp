#include "server/fanout/joinedframes.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

namespace {

QByteArray bytesOf(const std::optional<iovec> &piece)
{
    return piece ? QByteArray(static_cast<const char *>(piece->iov_base), qsizetype(piece->iov_len))
                 : QByteArray();
}

} // namespace

class TestJoinedFrames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void joinsWhatTwoInARowGet()
    {
        const std::vector<FramePtr> frames{Frame::create("one"), Frame::create("two"),
                                           Frame::create("three")};
        JoinedFrames joined;
        QVERIFY2(!joined.of(frames), "one alone is not worth a copy");
        const QByteArray expected = frames[0]->bytes() + frames[1]->bytes() + frames[2]->bytes();
        const auto second = joined.of(frames);
        QCOMPARE(bytesOf(second), expected);
        QCOMPARE(joined.of(frames)->iov_base, second->iov_base);
        joined.clear();
        QVERIFY(!joined.of(frames));
    }

    void takesOtherFramesForOthers()
    {
        const FramePtr one = Frame::create("one");
        const FramePtr two = Frame::create("two");
        const FramePtr three = Frame::create("three");
        JoinedFrames joined;
        const std::vector<FramePtr> first{one, two};
        const std::vector<FramePtr> longer{one, two, three};
        const std::vector<FramePtr> otherOrder{two, one};
        joined.of(first);
        const auto piece = joined.of(first);
        QVERIFY(!joined.of(longer));
        QCOMPARE(bytesOf(joined.of(longer)), one->bytes() + two->bytes() + three->bytes());
        QVERIFY(!joined.of(otherOrder));
        QCOMPARE(bytesOf(joined.of(otherOrder)), two->bytes() + one->bytes());
        QVERIFY(!joined.of(first));
        QCOMPARE(bytesOf(piece), one->bytes() + two->bytes()); // Until clear(), whatever came after.
    }

    void leavesOneFrameAsItIs()
    {
        const std::vector<FramePtr> frame{Frame::create("one")};
        JoinedFrames joined;
        for (int i = 0; i < 3; ++i)
            QVERIFY(!joined.of(frame));
        QVERIFY(!joined.of({}));
    }

    void copiesNoMoreThanItMay()
    {
        JoinedFrames joined;
        const std::vector<FramePtr> large{Frame::create(QByteArray(200000, 'x')),
                                          Frame::create(QByteArray(100000, 'x'))};
        for (int i = 0; i < 3; ++i)
            QVERIFY(!joined.of(large));
        qsizetype copied = 0;
        std::vector<std::vector<FramePtr>> kept;
        for (int i = 0; i < 50; ++i) {
            const FramePtr frame = Frame::create(QByteArray(100000, 'x'));
            kept.push_back({frame, frame});
            joined.of(kept.back());
            copied += bytesOf(joined.of(kept.back())).size();
        }
        QVERIFY(copied > 3'000'000);
        QVERIFY(copied <= 4'194'304);
    }
};

DIALOGUE_TEST(TestJoinedFrames, QCoreApplication)
#include "tst_joinedframes.moc"
