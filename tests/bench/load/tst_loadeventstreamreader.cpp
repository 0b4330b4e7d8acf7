#include "bench/load/eventstreamreader.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::bench;

namespace {

std::string_view bytesOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

const QByteArray kEvents
    = "retry: 100\n\n: still here\n\nid: a-1\nevent: tick\ndata: {\"a\":1}\n\nevent:tock\ndata:{}\n\n";

} // namespace

class TestEventStreamReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAStreamHoweverItIsCut()
    {
        for (qsizetype piece = 1; piece <= kEvents.size(); ++piece) {
            EventStreamReader reader;
            QByteArrayList events;
            for (qsizetype at = 0; at < kEvents.size(); at += piece) {
                QVERIFY(reader.feed(bytesOf(kEvents.mid(at, piece)), [&](const StreamEvent &event) {
                    events.append(
                        QByteArray::fromStdString(std::string(event.name) + ' ' + std::string(event.data)));
                    return true;
                }));
            }
            QCOMPARE(events, QByteArrayList({" ", " ", "tick {\"a\":1}", "tock {}"}));
        }
    }

    void stopsWhenItIsTold()
    {
        EventStreamReader reader;
        int blocks = 0;
        QVERIFY(!reader.feed(bytesOf(kEvents), [&](const StreamEvent &) { return ++blocks < 2; }));
        QCOMPARE(blocks, 2);
    }

    void givesUpAStreamWithoutEnd()
    {
        EventStreamReader reader;
        const QByteArray more(1 << 20, 'x');
        int taken = 0;
        while (taken < 100 && reader.feed(bytesOf(more), [](const StreamEvent &) { return true; }))
            ++taken;
        QCOMPARE(taken, 16);
    }
};

DIALOGUE_TEST(TestEventStreamReader, QCoreApplication)
#include "tst_loadeventstreamreader.moc"
