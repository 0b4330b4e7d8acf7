#include "server/tcp/proxyheader.h"

#include "testclasses.h"

#include <QTest>
#include <QtEndian>

using namespace dialogue;

namespace {

/** A header of version 2: command and family, and what follows its length. */
QByteArray version2(int command, int family, const QByteArray &rest)
{
    char length[2];
    qToBigEndian(quint16(rest.size()), length);
    return QByteArray("\r\n\r\n\0\r\nQUIT\n", 12) + char(command) + char(family) + QByteArray(length, 2)
        + rest;
}

QByteArray hex(const char *digits) { return QByteArray::fromHex(digits); }

const QByteArray Tcp4 = hex("c0000207 cb007101 b7a3 01bb"); // 192.0.2.7:47011 to 203.0.113.1:443
const QByteArray Tcp6 = hex("20010db8000000000000000000000007 20010db8000000000000000000000001 b7a3 01bb");
const QByteArray UnixStream = QByteArray(216, '\0');
const QByteArray WithTls = hex("20 0005 01 00000000");

} // namespace

class TestProxyHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhoTheClientIs_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("client"); // empty: nobody; "unix"
        QTest::addColumn<bool>("secure");
        const auto row
            = [](const char *name, const QByteArray &header, const char *client, bool secure = false) {
                  QTest::newRow(name) << header << QString::fromLatin1(client) << secure;
              };
        row("1: TCP4", "PROXY TCP4 192.0.2.7 203.0.113.1 47011 443\r\n", "192.0.2.7");
        row("1: TCP6", "PROXY TCP6 2001:db8::7 2001:db8::1 47011 443\r\n", "2001:db8::7");
        row("1: a mapped address", "PROXY TCP6 ::ffff:192.0.2.7 ::ffff:203.0.113.1 1 2\r\n", "192.0.2.7");
        row("1: unknown", "PROXY UNKNOWN\r\n", "");
        row("1: unknown, whatever follows", "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n",
            "");
        row("2: TCP4", version2(0x21, 0x11, Tcp4), "192.0.2.7");
        row("2: TCP6", version2(0x21, 0x21, Tcp6), "2001:db8::7");
        row("2: a mapped address",
            version2(0x21, 0x21, hex("00000000000000000000ffffc0000207") + Tcp6.sliced(16)), "192.0.2.7");
        row("2: a Unix socket", version2(0x21, 0x31, UnixStream), "unix");
        row("2: the proxy's own", version2(0x20, 0x00, {}), "");
        row("2: the proxy's own, with addresses", version2(0x20, 0x11, Tcp4), "");
        row("2: unspecified", version2(0x21, 0x00, "whatever"), "");
        row("2: with TLS", version2(0x21, 0x11, Tcp4 + WithTls), "192.0.2.7", true);
        row("2: without TLS", version2(0x21, 0x11, Tcp4 + hex("20 0005 00 00000000")), "192.0.2.7");
        row("2: with other fields",
            version2(0x21, 0x21, Tcp6 + hex("04 0003 000000") + WithTls + hex("01 0002 6832")), "2001:db8::7",
            true);
        row("2: an empty field", version2(0x21, 0x11, Tcp4 + hex("20 0000")), "192.0.2.7");
    }
    void tellsWhoTheClientIs()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, client);
        QFETCH(bool, secure);
        const auto result = parseProxyHeader(header + "GET / HTTP/1.1\r\n");
        const auto *read = std::get_if<ProxyHeader>(&result);
        QVERIFY(read);
        QCOMPARE(read->size, header.size());
        QCOMPARE(read->client.has_value(), !client.isEmpty());
        if (read->client) {
            QCOMPARE(read->client->isUnix, client == u"unix");
            QCOMPARE(read->client->address, client == u"unix" ? QHostAddress() : QHostAddress(client));
            QCOMPARE(read->client->isSecure, secure);
        }
        // However it comes in, it is the same.
        for (qsizetype size = 0; size < header.size(); ++size)
            QVERIFY(std::holds_alternative<NeedMore>(parseProxyHeader(header.first(size))));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const QByteArray &bytes, const char *reason) {
            QTest::newRow(name) << bytes << QByteArray(reason);
        };
        row("HTTP", "GET / HTTP/1.1\r\n", "no PROXY header");
        row("one byte", "G", "no PROXY header");
        row("HTTP's P", "PRI", "no PROXY header");
        row("lower case", "proxy ", "no PROXY header");
        row("an empty line", "\r\nGET", "no PROXY header");
        row("1: an unknown family", "PROXY UDP4 192.0.2.7 203.0.113.1 1 2\r\n", "a malformed PROXY line");
        row("1: nothing", "PROXY \r\n", "a malformed PROXY line");
        row("1: too few words", "PROXY TCP4 192.0.2.7 203.0.113.1 1\r\n", "a malformed PROXY line");
        row("1: too many words", "PROXY TCP4 192.0.2.7 203.0.113.1 1 2 3\r\n", "a malformed PROXY line");
        row("1: two blanks", "PROXY TCP4  192.0.2.7 203.0.113.1 1 2\r\n", "a malformed PROXY line");
        row("1: a port that is none", "PROXY TCP4 192.0.2.7 203.0.113.1 1 65536\r\n",
            "a malformed PROXY line");
        row("1: a port with a sign", "PROXY TCP4 192.0.2.7 203.0.113.1 +1 2\r\n", "a malformed PROXY line");
        row("1: an address that is none", "PROXY TCP4 192.0.2.300 203.0.113.1 1 2\r\n",
            "a malformed address in a PROXY line");
        row("1: the other family", "PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n",
            "a malformed address in a PROXY line");
        row("1: no end", "PROXY UNKNOWN " + QByteArray(93, 'x'), "a PROXY line without an end");
        row("2: version 1", version2(0x11, 0x11, Tcp4), "a PROXY header of an unknown version or command");
        row("2: an unknown command", version2(0x22, 0x11, Tcp4),
            "a PROXY header of an unknown version or command");
        row("2: UDP", version2(0x21, 0x12, Tcp4),
            "a PROXY header with addresses that are too short or of an unknown family");
        row("2: short addresses", version2(0x21, 0x21, Tcp4),
            "a PROXY header with addresses that are too short or of an unknown family");
        row("2: a short Unix address", version2(0x21, 0x31, Tcp6),
            "a PROXY header with addresses that are too short or of an unknown family");
        row("2: a field that is cut", version2(0x21, 0x11, Tcp4 + hex("04 0005 00")),
            "a PROXY header with malformed fields");
        row("2: half a field", version2(0x21, 0x11, Tcp4 + hex("04")),
            "a PROXY header with malformed fields");
        row("2: too long, before it has come",
            version2(0x21, 0x11, QByteArray(MaxProxyHeaderSize - 15, '\0')).first(16),
            "a PROXY header that is too long");
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        const auto result = parseProxyHeader(bytes);
        const auto *wrong = std::get_if<NotProxied>(&result);
        QVERIFY(wrong);
        QTEST(wrong->reason, "reason");
    }

    void takesTheLongestThereMayBe()
    {
        const auto line = parseProxyHeader("PROXY UNKNOWN " + QByteArray(91, 'x') + "\r\n");
        QVERIFY(std::holds_alternative<ProxyHeader>(line));
        const QByteArray field = hex("04 0fe1") + QByteArray(0xfe1, '\0'); // 12 + 3 + 4065 + 16 = 4096
        const auto header = parseProxyHeader(version2(0x21, 0x11, Tcp4 + field));
        QVERIFY(std::holds_alternative<ProxyHeader>(header));
        QCOMPARE(std::get<ProxyHeader>(header).size, MaxProxyHeaderSize);
    }
};

DIALOGUE_TEST(TestProxyHeader, QCoreApplication)
#include "tst_proxyheader.moc"
