#include "server/http/forwarding.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

namespace {

const Peer Proxy{.address = QHostAddress(QStringLiteral("10.0.0.1"))};

Forwarding read(const QByteArrayList &fields)
{
    HttpHeaders headers;
    for (const QByteArray &field : fields) {
        const qsizetype colon = field.indexOf(':');
        headers.append(field.first(colon), field.sliced(colon + 1).trimmed());
    }
    return readForwarding(headers, Proxy, *TrustedProxies::parse({QStringLiteral("10.0.0.0/8")}));
}

} // namespace

class TestForwarding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatProxiesSay_data()
    {
        QTest::addColumn<QByteArrayList>("fields");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("secure");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("malformed");
        QTest::addColumn<int>("port");
        const auto row
            = [](const char *name, const QByteArrayList &fields, const char *address, bool secure = false,
                 const char *host = "", bool malformed = false, int port = 0) {
                  QTest::newRow(name) << fields << QString::fromLatin1(address) << secure << QByteArray(host)
                                      << malformed << port;
              };
        const char *const client = "192.0.2.7";
        const char *const proxy = "10.0.0.1"; // the peer
        const bool malformed = true;
        row("nothing", {}, proxy);
        row("X: one", {"X-Forwarded-For: 192.0.2.7"}, client);
        row("X: all", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https", "X-Forwarded-Host: a:81"},
            client, true, "a:81");
        row("X: the client's own word is at the left", {"X-Forwarded-For: 203.0.113.9, 192.0.2.7"}, client);
        row("X: or in a field before", {"X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 192.0.2.7"},
            client);
        row("X: nonsense at the left harms nobody", {"X-Forwarded-For: \"<?>, 192.0.2.7"}, client);
        row("X: several proxies of ours", {"X-Forwarded-For: 203.0.113.9, 192.0.2.7, 10.0.0.3, 10.0.0.2"},
            client);
        row("X: all of them ours", {"X-Forwarded-For: 10.0.0.3, 10.0.0.2"}, "10.0.0.3");
        row("X: nonsense from a proxy of ours", {"X-Forwarded-For: 192.0.2.7, nonsense, 10.0.0.2"}, proxy,
            false, "", malformed);
        row("X: nonsense from the peer", {"X-Forwarded-For: 192.0.2.300"}, proxy, false, "", malformed);
        row("X: nobody knows", {"X-Forwarded-For: 192.0.2.7, unknown"}, proxy);
        row("X: empty", {"X-Forwarded-For:"}, proxy);
        row("X: empty items", {"X-Forwarded-For: , 192.0.2.7 ,"}, client);
        row("X: with a port", {"X-Forwarded-For: [2001:db8::7]:81"}, "2001:db8::7");
        row("X: protocol alone", {"X-Forwarded-Proto: https"}, proxy, true);
        row("X: host alone", {"X-Forwarded-Host: a.example"}, proxy, false, "a.example");
        row("X: http", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: http"}, client);
        row("X: wss", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: WSS"}, client, true);
        row("X: appended protocols", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https, http"},
            client);
        row("X: the protocol that the client came with",
            {"X-Forwarded-For: 192.0.2.7, 10.0.0.2", "X-Forwarded-Proto: http, https, http"}, client, true);
        row("X: the host that the client asked for",
            {"X-Forwarded-For: 192.0.2.7, 10.0.0.2", "X-Forwarded-Host: evil, a.example, b.example"}, client,
            false, "a.example");
        row("X: one protocol for all hops",
            {"X-Forwarded-For: 192.0.2.7, 10.0.0.2", "X-Forwarded-Proto: https"}, client, true);
        row("X: no protocol", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: gopher"}, client, false, "",
            malformed);
        row("X: no host", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Host: a/b"}, client, false, "",
            malformed);
        row("X: too long a host", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Host: " + QByteArray(262, 'a')},
            client, false, "", malformed);
        row("X: many hops", {"X-Forwarded-For: 192.0.2.7" + QByteArray(", 10.0.0.2").repeated(31)}, client);
        row("X: too many hops", {"X-Forwarded-For: 192.0.2.7" + QByteArray(", 10.0.0.2").repeated(32)}, proxy,
            false, "", malformed);
        row("X: port", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Port: 8443"}, client, false, "", false,
            8443);
        row("X: port alone", {"X-Forwarded-Port: 8443"}, proxy, false, "", false, 8443);
        row("X: the port that the client asked for",
            {"X-Forwarded-For: 192.0.2.7, 10.0.0.2", "X-Forwarded-Port: 1, 8443, 80"}, client, false, "",
            false, 8443);
        row("X: no port", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Port: 0"}, client, false, "",
            malformed);
        row("X: no port, by its sign", {"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Port: -1"}, client, false,
            "", malformed);
        row("X wins", {"Forwarded: for=203.0.113.9;proto=https", "X-Forwarded-For: 192.0.2.7"}, client);

        row("RFC 7239: one", {"Forwarded: for=192.0.2.7"}, client);
        row("RFC 7239: all", {"Forwarded: for=\"192.0.2.7:81\";proto=https;host=\"a:81\";by=10.0.0.1"},
            client, true, "a:81");
        row("RFC 7239: the client's own word is at the left", {"Forwarded: for=203.0.113.9, for=192.0.2.7"},
            client);
        row("RFC 7239: nonsense at the left harms nobody", {"Forwarded: for=\"[x, for=192.0.2.7"}, client);
        row("RFC 7239: several proxies of ours",
            {"Forwarded: for=203.0.113.9,for=192.0.2.7;proto=https", "Forwarded: for=10.0.0.2;proto=http"},
            client, true);
        row("RFC 7239: hidden", {"Forwarded: for=192.0.2.7, for=_hidden;proto=https"}, proxy, true);
        row("RFC 7239: without for", {"Forwarded: for=192.0.2.7, proto=https;host=a"}, proxy, true, "a");
        row("RFC 7239: nonsense from the peer", {"Forwarded: for=192.0.2.7, for"}, proxy, false, "",
            malformed);
        row("RFC 7239: nonsense from a proxy of ours", {"Forwarded: for=\"192.0.2.7, for=10.0.0.2"}, proxy,
            false, "", malformed);
    }
    void readsWhatProxiesSay()
    {
        QFETCH(QByteArrayList, fields);
        const Forwarding forwarding = read(fields);
        QTEST(forwarding.address.toString(), "address");
        QTEST(forwarding.secure, "secure");
        QTEST(forwarding.host, "host");
        QTEST(forwarding.malformed, "malformed");
        QTEST(forwarding.port, "port");
    }
};

DIALOGUE_TEST(TestForwarding, QCoreApplication)
#include "tst_forwarding.moc"
