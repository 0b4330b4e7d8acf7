#include "dialoguetest.h"

#include "testclasses.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

namespace {

const QByteArray Secret = "0123456789abcdef0123456789abcdef";
constexpr auto Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

/** For an hour. */
QString token(QJsonObject claims, const QByteArray &secret = Secret)
{
    if (!claims.contains(u"exp"_s))
        claims[u"exp"_s] = QDateTime::currentSecsSinceEpoch() + 3600;
    const QByteArray input = QByteArray(R"({"alg":"HS256"})").toBase64(Url) + '.'
        + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(Url);
    const QByteArray signature
        = QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256).toBase64(Url);
    return QString::fromLatin1(input + '.' + signature);
}

QJsonObject with(const QString &text) { return {{u"token"_s, text}}; }

} // namespace

class TestDoor : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    ServerConfig guarded(int workers = 0) const
    {
        ServerConfig config = test::config(workers);
        config.auth.jwt.keys = {{.algorithm = u"HS256"_s, .secretFile = m_folder.filePath(u"secret"_s)}};
        return config;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(u"secret"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(Secret) == Secret.size());
    }

    void takesNobodysWordFromBeyondTheMachine_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QStringList>("proxies");
        QTest::addColumn<bool>("refused");
        QTest::newRow("this machine") << u"127.0.0.1"_s << QStringList() << false;
        QTest::newRow("this machine by name") << u"localhost"_s << QStringList() << false;
        QTest::newRow("another of its own") << u"127.0.0.2"_s << QStringList() << false;
        QTest::newRow("a Unix socket") << u"unix:"_s + m_folder.filePath(u"s"_s) << QStringList() << false;
        QTest::newRow("everywhere") << u"0.0.0.0"_s << QStringList() << true;
        QTest::newRow("everywhere, by IPv6") << u"::"_s << QStringList() << true;
        QTest::newRow("behind a proxy") << u"127.0.0.1"_s << QStringList{u"loopback"_s} << true;
        QTest::newRow("behind a proxy, at a Unix socket")
            << u"unix:"_s + m_folder.filePath(u"s"_s) << QStringList{u"unix"_s} << true;
    }
    void takesNobodysWordFromBeyondTheMachine()
    {
        QFETCH(QString, host);
        QFETCH(QStringList, proxies);
        QFETCH(bool, refused);
        ServerConfig config = test::config(0);
        config.host = host;
        config.trustedProxies = proxies;
        {
            Dialogue server(config);
            const auto started = server.start();
            QCOMPARE(!started, refused);
            if (!started) {
                QCOMPARE(started.error().code, ErrorCode::ConfigError);
                QVERIFY(started.error().message.startsWith(u"Nobody vouches for who clients are, and it"_s));
                QVERIFY(started.error().message.contains(u"auth.claimed: true"_s));
            }
        }
        {
            Dialogue server(
                config, {.authenticate = [](const ConnectRequest &) { return Identity{.userId = u"x"_s}; }});
            QVERIFY(server.start());
        }
        config.auth.claimed = true;
        Dialogue server(config);
        QVERIFY(server.start());
    }

    void letsInWhoBringsAToken_data() { workersTable(); }
    void letsInWhoBringsAToken()
    {
        QFETCH(int, workers);
        ServerConfig config = guarded(workers);
        config.auth.jwt.metaClaims = {u"name"_s};
        Dialogue server(config);
        QVERIFY(server.start());
        QJsonObject auth = with(
            token({{u"sub"_s, u"ann"_s}, {u"name"_s, u"Ann"_s}, {u"roles"_s, QJsonArray{u"member"_s}}}));
        auth[u"userId"_s] = u"bob"_s; // Its own word, which is not taken.
        auth[u"meta"_s] = QJsonObject{{u"admin"_s, true}};
        TestClient client(server.port(), auth);
        QCOMPARE(client.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"ann"_s);
        QCOMPARE(server.clients(u"ann"_s).size(), 1);
        const ConnectedClient *const ann = server.clients(u"ann"_s).first();
        QVERIFY(ann->isVerified());
        QCOMPARE(ann->roles(), QStringList{u"member"_s});
        QCOMPARE(ann->claims()[u"name"_s].toString(), u"Ann"_s);
        QCOMPARE(ann->meta(), QJsonObject({{u"name"_s, u"Ann"_s}}));
        QCOMPARE(server.counters().tokens.accepted, 1);
    }

    void refusesEverybodyElse_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        const QString needed = u"A credential is needed to come in, such as a token in auth.token"_s;
        const QString refused = u"The token is not accepted"_s;
        QTest::newRow("nobody") << QJsonObject() << u"UNAUTHORIZED"_s << needed;
        QTest::newRow("a name") << as(u"ann"_s) << u"UNAUTHORIZED"_s << needed;
        QTest::newRow("a word as token") << with(u"ann"_s) << u"UNAUTHORIZED"_s << needed;
        QTest::newRow("another's token")
            << with(token({{u"sub"_s, u"ann"_s}}, "another secret as long as that one")) << u"UNAUTHORIZED"_s
            << refused;
        QTest::newRow("a token without a signature")
            << with(token({{u"sub"_s, u"ann"_s}}).section(u'.', 0, 1) + u'.') << u"UNAUTHORIZED"_s << refused;
        QTest::newRow("a token of yesterday")
            << with(token({{u"sub"_s, u"ann"_s}, {u"exp"_s, 1'000'000'000}})) << u"TOKEN_EXPIRED"_s
            << u"The token has expired; get a new one"_s;
    }
    void refusesEverybodyElse()
    {
        QFETCH(QJsonObject, auth);
        Dialogue server(guarded());
        QVERIFY(server.start());
        TestClient client(server.port(), auth);
        const TestClient::Event refused = client.waitFor(u"connect_error"_s);
        QTEST(refused.payload[u"message"_s].toString(), "message");
        QTEST(refused.payload[u"data"_s][u"code"_s].toString(), "code");
        QVERIFY(server.allClients().isEmpty());
    }

    void asksAHookAboutWhatIsNoToken()
    {
        QStringList asked;
        Dialogue server(guarded(),
                        {.authenticate = [&asked](const ConnectRequest &request) -> Result<Identity> {
                            const QString word = request.auth[u"token"_s].toString();
                            asked.append(word);
                            if (word == u"ticket"_s)
                                return Identity{.userId = u"carl"_s};
                            return Error{ErrorCode::Unauthorized, u"No ticket"_s};
                        }});
        QVERIFY(server.start());
        TestClient ann(server.port(), with(token({{u"sub"_s, u"ann"_s}})));
        QCOMPARE(ann.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"ann"_s);
        TestClient carl(server.port(), with(u"ticket"_s));
        QCOMPARE(carl.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"carl"_s);
        TestClient other(server.port(), with(u"no ticket"_s));
        QCOMPARE(other.waitFor(u"connect_error"_s).payload[u"message"_s].toString(), u"No ticket"_s);
        // A token that fails is not passed on as something else.
        TestClient forger(server.port(), with(token({{u"sub"_s, u"ann"_s}}, QByteArray(32, 'x'))));
        QCOMPARE(forger.waitFor(u"connect_error"_s).payload[u"message"_s].toString(),
                 u"The token is not accepted"_s);
        QCOMPARE(asked, QStringList({u"ticket"_s, u"no ticket"_s}));
    }

    void guardsNamespacesToo()
    {
        Dialogue server(guarded());
        const Result<Namespace *> orders = server.of(u"/orders"_s);
        QVERIFY(orders);
        QVERIFY(server.start());
        TestClient client(server.port(), with(token({{u"sub"_s, u"ann"_s}})));
        client.sendText(R"(40/orders,{"userId":"ann"})");
        const TestClient::Event refused = client.waitFor(u"connect_error"_s);
        QCOMPARE(refused.nsp, "/orders");
        client.sendText("40/orders,"
                        + QJsonDocument(with(token({{u"sub"_s, u"ann"_s}}))).toJson(QJsonDocument::Compact));
        QTRY_COMPARE((*orders)->sockets().size(), 1);
        QCOMPARE((*orders)->sockets().first()->userId(), u"ann"_s);
    }

    void whoseTokenExpiresComesBackWithANewOne()
    {
        ServerConfig config = guarded(1);
        config.auth.grace = std::chrono::milliseconds(0);
        Dialogue server(config);
        const Result<Namespace *> orders = server.of(u"/orders"_s);
        QVERIFY(orders);
        QVERIFY(server.start());
        const auto expiring = [](int seconds) {
            return token({{u"sub"_s, u"ann"_s}, {u"exp"_s, QDateTime::currentSecsSinceEpoch() + seconds}});
        };
        TestClient stays(server.port(), with(expiring(3600)));
        const TestClient::Event greeting = stays.waitFor(u"dialogue:connected"_s);
        QVERIFY(greeting.payload[u"expiresIn"_s].toInteger() > 3'500'000);
        const QJsonObject refreshed = stays.ask(u"dialogue:refresh"_s, with(expiring(7200)));
        QVERIFY(refreshed[u"ok"_s].toBool());
        QVERIFY(refreshed[u"expiresIn"_s].toInteger() > 7'100'000);
        QCOMPARE(stays.ask(u"dialogue:refresh"_s, with(token({{u"sub"_s, u"bob"_s}})))[u"error"_s][u"code"_s]
                     .toString(),
                 u"UNAUTHORIZED"_s);

        TestClient goes(server.port(), with(expiring(1)));
        QCOMPARE(goes.waitFor(u"dialogue:error"_s).payload[u"code"_s].toString(), u"TOKEN_EXPIRED"_s);
        QVERIFY(goes.waitForClose());
        QVERIFY(!stays.isClosed());
    }

    void doesNotOpenWithKeysThatAreBad()
    {
        ServerConfig config = guarded();
        config.auth.jwt.keys.first().secretFile = m_folder.filePath(u"missing"_s);
        Dialogue server(config);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"auth.jwt.keys[0].secretFile"_s);
        QVERIFY(!server.isListening());
    }
};

DIALOGUE_TEST(TestDoor, QCoreApplication)
#include "tst_door.moc"
