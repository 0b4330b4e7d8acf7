#include "core/protocol/websocket/utf8.h"
#include "core/protocol/websocket/websocketreader.h"

#include "testclasses.h"

#include <QTest>

#include <vector>

using namespace dialogue;

namespace {

using Kind = WebSocketReader::Kind;

constexpr qint64 Limit = 100000;

/** A client's frame: \a head is its first byte; masked with a key that changes every byte. */
QByteArray frame(int head, const QByteArray &payload)
{
    QByteArray bytes(1, char(head));
    const qsizetype size = payload.size();
    if (size <= 125) {
        bytes.append(char(0x80 | size));
    } else if (size <= 0xffff) {
        bytes.append(char(0x80 | 126)).append(char(size >> 8)).append(char(size & 0xff));
    } else {
        bytes.append(char(0x80 | 127)).append(QByteArray(4, '\0'));
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.append(char(size >> shift & 0xff));
    }
    const QByteArray key("\x01\x80\x7f\xfe", 4);
    bytes.append(key);
    for (qsizetype i = 0; i < size; ++i)
        bytes.append(char(payload[i] ^ key[i % 4]));
    return bytes;
}

struct Read
{
    QList<std::pair<Kind, QByteArray>> messages;
    int code = 0; ///< Of the Close.
    int error = 0;
};

/** What a reader makes of \a bytes that arrive in pieces of \a piece. */
Read read(QByteArrayView bytes, qsizetype piece, WebSocketReader::From from = WebSocketReader::From::Client)
{
    WebSocketReader reader(Limit, from);
    Read all;
    while (!bytes.isEmpty() && reader.error() == 0) {
        QByteArrayView arrived = bytes.first(std::min(piece, bytes.size()));
        bytes = bytes.sliced(arrived.size());
        while (const auto message = reader.take(arrived)) {
            all.messages.append({message->kind, message->data});
            if (message->kind == Kind::Close)
                all.code = message->code;
        }
    }
    all.error = reader.error();
    return all;
}

QByteArray closeWith(int code, const QByteArray &reason = {})
{
    return frame(0x88, QByteArray(1, char(code >> 8)) + char(code & 0xff) + reason);
}

} // namespace

Q_DECLARE_METATYPE(WebSocketReader::Kind)

class TestWebSocketReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsMessagesHoweverTheyAreCut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<std::pair<Kind, QByteArray>>>("messages");
        using List = QList<std::pair<Kind, QByteArray>>;
        QTest::newRow("text") << frame(0x81, "hello") << List{{Kind::Text, "hello"}};
        QTest::newRow("empty text") << frame(0x81, "") << List{{Kind::Text, ""}};
        QTest::newRow("binary") << frame(0x82, QByteArray("\0\xff", 2))
                                << List{{Kind::Binary, QByteArray("\0\xff", 2)}};
        for (const int size : {125, 126, 127, 65535, 65536, int(Limit)}) {
            const QByteArray payload(size, 'x');
            QTest::addRow("%d bytes", size) << frame(0x81, payload) << List{{Kind::Text, payload}};
        }
        QTest::newRow("two") << frame(0x81, "a") + frame(0x82, "b")
                             << List{{Kind::Text, "a"}, {Kind::Binary, "b"}};
        QTest::newRow("fragments, with a ping between")
            << frame(0x01, "one ") + frame(0x89, "p") + frame(0x00, "two ") + frame(0x80, "three")
            << List{{Kind::Ping, "p"}, {Kind::Text, "one two three"}};
        QTest::newRow("a character cut by a fragment")
            << frame(0x01, "\xf0\x9f") + frame(0x80, "\x98\x80") << List{{Kind::Text, "\xf0\x9f\x98\x80"}};
        QTest::newRow("pong") << frame(0x8a, "") << List{{Kind::Pong, ""}};
        QTest::newRow("close") << closeWith(4000, "bye") << List{{Kind::Close, "bye"}};
    }
    void readsMessagesHoweverTheyAreCut()
    {
        QFETCH(QByteArray, bytes);
        using List = QList<std::pair<Kind, QByteArray>>;
        QFETCH(List, messages);
        for (const qsizetype piece : {qsizetype(1), qsizetype(3), qsizetype(1000), bytes.size()}) {
            const Read got = read(bytes, piece);
            QCOMPARE(got.error, 0);
            QVERIFY(got.messages == messages);
        }
    }

    void refusesWhatBreaksTheProtocol_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("error");
        QTest::newRow("no mask") << QByteArray("\x81\x02hi") << 1002;
        QTest::newRow("no mask, header alone") << QByteArray("\x81\x02") << 1002;
        QTest::newRow("RSV1") << frame(0xc1, "hi") << 1002;
        QTest::newRow("RSV2") << frame(0xa1, "hi") << 1002;
        QTest::newRow("RSV3") << frame(0x91, "hi") << 1002;
        QTest::newRow("a reserved opcode") << frame(0x83, "hi") << 1002;
        QTest::newRow("a reserved control opcode") << frame(0x8b, "hi") << 1002;
        QTest::newRow("a long ping") << frame(0x89, QByteArray(126, 'x')) << 1002;
        QTest::newRow("a ping in fragments") << frame(0x09, "hi") << 1002;
        QTest::newRow("goes on with nothing") << frame(0x80, "hi") << 1002;
        QTest::newRow("begins within a message") << frame(0x01, "hi") + frame(0x81, "ho") << 1002;
        QTest::newRow("not UTF-8") << frame(0x81, "\xc3(") << 1007;
        QTest::newRow("not UTF-8, in fragments") << frame(0x01, "\xc3") + frame(0x80, "(") << 1007;
        QTest::newRow("too long") << frame(0x82, QByteArray(int(Limit) + 1, 'x')) << 1009;
        QTest::newRow("too long, announced alone") << QByteArray("\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                                                                 "abcd")
                                                   << 1009;
        QTest::newRow("too long, together")
            << frame(0x02, QByteArray(int(Limit), 'x')) + frame(0x80, "x") << 1009;
        QTest::newRow("half a close code") << frame(0x88, "\x03") << 1002;
        for (const int code : {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535})
            QTest::addRow("close code %d", code) << closeWith(code) << 1002;
        QTest::newRow("a reason that is not UTF-8") << closeWith(1000, "\xff") << 1007;
    }
    void refusesWhatBreaksTheProtocol()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, error);
        for (const qsizetype piece : {qsizetype(1), qsizetype(1000), bytes.size()}) {
            const Read got = read(bytes + frame(0x81, "unheard"), piece);
            QCOMPARE(got.error, error);
            QVERIFY(got.messages.isEmpty());
        }
    }

    void readsWhatAServerSays_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("a short one") << QByteArray("\x81\x05hello") << QByteArray("hello");
        QTest::newRow("an empty one") << QByteArray("\x81\x00", 2) << QByteArray("");
        QTest::newRow("two bytes of length")
            << QByteArray("\x82\x7e\x00\xc8", 4) + QByteArray(200, 'x') << QByteArray(200, 'x');
        QTest::newRow("eight bytes of length") << QByteArray("\x82\x7f\x00\x00\x00\x00\x00\x01\x11\x70", 10)
                + QByteArray(70000, 'x') << QByteArray(70000, 'x');
        QTest::newRow("fragments") << QByteArray("\x01\x02hi\x80\x02ho") << QByteArray("hiho");
    }
    void readsWhatAServerSays()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, said);
        for (const qsizetype piece : {qsizetype(1), qsizetype(3), bytes.size()}) {
            const Read got = read(bytes, piece, WebSocketReader::From::Server);
            QCOMPARE(got.error, 0);
            QCOMPARE(got.messages.size(), 1);
            QCOMPARE(got.messages[0].second, said);
        }
    }

    void aServerDoesNotMask()
    {
        const Read got = read(frame(0x81, "hi"), 100, WebSocketReader::From::Server);
        QCOMPARE(got.error, 1002);
        QVERIFY(got.messages.isEmpty());
    }

    void saysWhyThePeerCloses()
    {
        QCOMPARE(read(frame(0x88, ""), 100).code, 1005);
        for (const int code : {1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999})
            QCOMPARE(read(closeWith(code), 100).code, code);
    }

    void knowsUtf8_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("valid");
        const auto row = [](const char *name, const QByteArray &bytes, bool valid) {
            QTest::newRow(name) << bytes << valid;
        };
        row("nothing", "", true);
        row("ASCII", "The quick brown fox", true);
        row("a NUL", QByteArray("a\0b", 3), true);
        row("the first and last of each length",
            "\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true);
        row("around the surrogates", "\xed\x9f\xbf\xee\x80\x80", true);
        row("after eight", "12345678\xc3\xa9", true);
        row("a continuation alone", "\x80", false);
        row("overlong slash", "\xc0\xaf", false);
        row("overlong of three", "\xe0\x9f\xbf", false);
        row("overlong of four", "\xf0\x8f\xbf\xbf", false);
        row("a surrogate", "\xed\xa0\x80", false);
        row("beyond Unicode", "\xf4\x90\x80\x80", false);
        row("five bytes", "\xf8\x88\x80\x80\x80", false);
        row("cut off", "12345678\xf0\x9f\x98", false);
        row("ASCII within", "\xe2\x28\xa1", false);
    }
    void knowsUtf8()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, valid);
        for (int before = 0; before < 10; ++before)
            QCOMPARE(isValidUtf8(QByteArray(before, 'x') + bytes), valid);
    }
};

DIALOGUE_TEST(TestWebSocketReader, QCoreApplication)
#include "tst_websocketreader.moc"
