#include "bench/load/natsreader.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::bench;

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

const QByteArray kStream
    = "INFO {\"server_id\":\"x\"}\r\n+OK\r\nMSG room 1 5\r\na\r\nb!\r\nPING\r\nMSG room 1 reply 0\r\n"
      "\r\nPONG\r\n-ERR 'Slow Consumer'\r\n";
const QList<int> kKinds{NatsItem::Info,    NatsItem::Ok,   NatsItem::Message, NatsItem::Ping,
                        NatsItem::Message, NatsItem::Pong, NatsItem::Error};

} // namespace

class TestNatsReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAStreamHoweverItIsCut()
    {
        for (qsizetype piece = 1; piece <= kStream.size(); ++piece) {
            NatsReader reader;
            QList<int> kinds;
            QByteArrayList messages;
            for (qsizetype at = 0; at < kStream.size(); at += piece) {
                QVERIFY(reader.feed(view(kStream.mid(at, piece)), [&](const NatsItem &item) {
                    kinds.append(item.kind);
                    if (item.kind == NatsItem::Message)
                        messages.append(
                            QByteArray(item.text.data(), static_cast<qsizetype>(item.text.size())));
                    return true;
                }));
            }
            QCOMPARE(kinds, kKinds);
            QCOMPARE(messages, QByteArrayList({"a\r\nb!", ""}));
        }
    }

    void stopsWhenItIsTold()
    {
        NatsReader reader;
        int items = 0;
        QVERIFY(!reader.feed("PING\r\nPING\r\n", [&](const NatsItem &) { return ++items < 1; }));
        QCOMPARE(items, 1);
    }

    void refusesWhatIsNotNats_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("another protocol") << QByteArray("HELLO\r\n");
        QTest::newRow("no size") << QByteArray("MSG room 1 x\r\n");
        QTest::newRow("a negative size") << QByteArray("MSG room 1 -1\r\n");
        QTest::newRow("a size over the limit") << QByteArray("MSG room 1 99999999\r\n");
        QTest::newRow("a size beyond numbers") << QByteArray("MSG room 1 99999999999999999999\r\n");
        QTest::newRow("a payload that goes on") << QByteArray("MSG room 1 1\r\nabc");
        QTest::newRow("a line without end") << QByteArray(70'000, 'x');
    }

    void refusesWhatIsNotNats()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(int(readNatsItem(view(bytes)).state), int(NatsAnswer::Malformed));
        NatsReader reader;
        QVERIFY(!reader.feed(view(bytes), [](const NatsItem &) { return true; }));
    }
};

DIALOGUE_TEST(TestNatsReader, NoApplication)
#include "tst_loadnatsreader.moc"
