#include "bench/load/websocketframe.h"

#include "testclasses.h"

#include <QTest>

#include <utility>
#include <vector>

using namespace dialogue::bench;
using namespace std::string_literals;

namespace {

std::string serverFrame(Opcode opcode, const std::string &payload, bool isFinal = true)
{
    std::string frame(1, static_cast<char>((isFinal ? 0x80 : 0) | static_cast<int>(opcode)));
    if (payload.size() < 126) {
        frame += static_cast<char>(payload.size());
    } else {
        frame += static_cast<char>(126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size() & 0xff);
    }
    return frame + payload;
}

using Messages = std::vector<std::pair<Opcode, std::string>>;

/** What a reader makes of \a bytes when they come in pieces of \a step; nothing where it gave up. */
std::optional<Messages> read(const std::string &bytes, std::size_t step)
{
    MessageReader reader;
    Messages messages;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const bool good
            = reader.feed(std::string_view(bytes).substr(at, step), [&](Opcode opcode, auto payload) {
                  messages.emplace_back(opcode, payload);
                  return true;
              });
        if (!good)
            return std::nullopt;
    }
    return messages;
}

} // namespace

class TestWebSocketFrame : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void masksWhatAClientSends()
    {
        // RFC 6455, 5.7: a masked "Hello".
        std::string out;
        const unsigned char key[4] = {0x37, 0xfa, 0x21, 0x3d};
        std::uint32_t mask = 0;
        memcpy(&mask, key, sizeof mask);
        appendClientFrame(out, Opcode::Text, "Hello", mask);
        QCOMPARE(QByteArray::fromStdString(out).toHex(), QByteArray("818537fa213d7f9f4d5158"));
    }

    void writesTheLengthInItsShortestForm_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("none") << 0 << QByteArray("8180");
        QTest::newRow("125") << 125 << QByteArray("81fd");
        QTest::newRow("126") << 126 << QByteArray("81fe007e");
        QTest::newRow("65535") << 65535 << QByteArray("81feffff");
        QTest::newRow("65536") << 65536 << QByteArray("81ff0000000000010000");
    }

    void writesTheLengthInItsShortestForm()
    {
        QFETCH(int, length);
        QFETCH(QByteArray, head);
        std::string out;
        appendClientFrame(out, Opcode::Text, std::string(static_cast<std::size_t>(length), 'x'), 0);
        QCOMPARE(QByteArray::fromStdString(out).left(head.size() / 2).toHex(), head);
        QCOMPARE(out.size(), static_cast<std::size_t>(head.size() / 2 + 4 + length));
    }

    void readsMessagesHoweverTheyAreCut_data()
    {
        QTest::addColumn<int>("step");
        for (int step : {1, 2, 3, 7, 64, 4096})
            QTest::newRow(qPrintable(QString::number(step))) << step;
    }

    void readsMessagesHoweverTheyAreCut()
    {
        QFETCH(int, step);
        const std::string large(3000, 'L');
        const std::string bytes = serverFrame(Opcode::Text, "one") + serverFrame(Opcode::Text, "")
            + serverFrame(Opcode::Text, "two and ", false) + serverFrame(Opcode::Ping, "in between")
            + serverFrame(Opcode::Continuation, "a half") + serverFrame(Opcode::Binary, large);
        const auto messages = read(bytes, static_cast<std::size_t>(step));
        QVERIFY(messages);
        QCOMPARE(*messages,
                 (Messages{{Opcode::Text, "one"},
                           {Opcode::Text, ""},
                           {Opcode::Ping, "in between"},
                           {Opcode::Text, "two and a half"},
                           {Opcode::Binary, large}}));
    }

    void givesUpOnWhatNoServerMaySend_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a masked frame") << QByteArray("\x81\x80"
                                                      "abcd",
                                                      6);
        QTest::newRow("RSV1") << QByteArray("\xc1\x00", 2);
        QTest::newRow("RSV2") << QByteArray("\xa1\x00", 2);
        QTest::newRow("RSV3") << QByteArray("\x91\x00", 2);
        QTest::newRow("an unknown opcode") << QByteArray("\x83\x00", 2);
        QTest::newRow("an unknown control opcode") << QByteArray("\x8b\x00", 2);
        QTest::newRow("a fragmented ping") << QByteArray("\x09\x00", 2);
        QTest::newRow("a ping of 126 bytes") << QByteArray("\x89\x7e\x00\x7e", 4);
        QTest::newRow("a length without end") << QByteArray("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10);
        QTest::newRow("a continuation of nothing") << QByteArray("\x80\x00", 2);
        QTest::newRow("an unfinished continuation of nothing") << QByteArray("\x00\x00", 2);
        QTest::newRow("a message within a message") << QByteArray("\x01\x01x\x81\x01y", 6);
    }

    void givesUpOnWhatNoServerMaySend()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!read(bytes.toStdString(), 1000));
        QVERIFY(!read(bytes.toStdString(), 1));
    }

    void stopsWhenTheTakerSaysSo()
    {
        MessageReader reader;
        int taken = 0;
        const std::string bytes = serverFrame(Opcode::Text, "a") + serverFrame(Opcode::Text, "b");
        QVERIFY(!reader.feed(bytes, [&](Opcode, std::string_view) { return ++taken > 1; }));
        QCOMPARE(taken, 1);
    }
};

DIALOGUE_TEST(TestWebSocketFrame, NoApplication)
#include "tst_loadwebsocketframe.moc"
