#include "client/connection/tokenrefresh.h"
#include "tests/client/support/clientfixture.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** Takes any token as ann's, for so long; and remembers them. */
struct Authority
{
    std::chrono::milliseconds lifetime;
    QStringList tokens = {};
    QStringList refused = {};

    Hooks hooks()
    {
        return {.authenticate = [this](const ConnectRequest &request) -> Result<Identity> {
            tokens.append(request.auth[u"token"_s].toString());
            if (refused.contains(tokens.constLast()))
                return Error{ErrorCode::Unavailable, u"Not now"_s, {}, 10ms};
            return Identity{.userId = u"ann"_s, .expiresAt = std::chrono::system_clock::now() + lifetime};
        }};
    }
};

ServerConfig serverWith(std::chrono::milliseconds grace)
{
    ServerConfig config = serverConfig();
    config.auth.grace = grace;
    return config;
}

ClientConfig clientWith(quint16 port, Auth auth)
{
    ClientConfig config{.url = QUrl(u"http://127.0.0.1:%1"_s.arg(port)), .auth = std::move(auth)};
    config.reconnectionDelay = 10ms;
    return config;
}

} // namespace

class TestTokenRefresh : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isDueAtFourFifthsOfTheTimeAndALittle_data()
    {
        QTest::addColumn<double>("chance");
        QTest::addColumn<int>("seconds");
        QTest::newRow("at the earliest") << 0.0 << 2880;
        QTest::newRow("in between") << 0.5 << 3060;
        QTest::newRow("at the latest") << 1.0 << 3240;
    }
    void isDueAtFourFifthsOfTheTimeAndALittle()
    {
        QFETCH(double, chance);
        QFETCH(int, seconds);
        TokenRefresh refresh;
        refresh.start(1h, chance);
        const auto due = std::chrono::seconds(seconds);
        QVERIFY(refresh.timeLeft() <= due && refresh.timeLeft() > due - 60s);
    }

    void isNeverDueWhereThereIsNoEnd()
    {
        TokenRefresh refresh;
        refresh.start(1h, 0);
        refresh.start({}, 0);
        QCOMPARE(refresh.timeLeft().count(), -1);
    }

    void isDueWithinAWeekOfHoweverMuch()
    {
        TokenRefresh refresh;
        refresh.start(std::chrono::hours(24 * 365 * 100), 1);
        QVERIFY(refresh.timeLeft() > 24h && refresh.timeLeft() < 24h * 7);
    }

    void isTriedAgainOnlyInTime()
    {
        TokenRefresh refresh;
        refresh.start(1h, 0);
        refresh.tryAgain(10min);
        QVERIFY(refresh.timeLeft() <= 10min);
        refresh.tryAgain({});
        QVERIFY(refresh.timeLeft() <= 5s);
        refresh.stop();
        refresh.tryAgain(2h);
        QCOMPARE(refresh.timeLeft().count(), -1);
    }

    void keepsTheConnection()
    {
        Authority authority{.lifetime = 500ms};
        Dialogue server(serverWith(10min), authority.hooks());
        QVERIFY(server.start());
        int made = 0;
        DialogueClient client(clientWith(server.port(), Auth([&made] {
                                             return QJsonObject{{u"token"_s, QString::number(++made)}};
                                         })));
        const QSignalSpy disconnected(&client, &DialogueClient::disconnected);
        QTRY_VERIFY(authority.tokens.size() >= 4);
        QCOMPARE(authority.tokens.first(4), QStringList({u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
        QCOMPARE(disconnected.count(), 0);
        QCOMPARE(server.allClients().size(), 1);
    }

    void isTriedAgainWhereItIsRefused()
    {
        Authority authority{.lifetime = 1s, .refused = {u"2"_s}};
        Dialogue server(serverWith(10min), authority.hooks());
        QVERIFY(server.start());
        int made = 0;
        DialogueClient client(clientWith(server.port(), Auth([&made] {
                                             return QJsonObject{{u"token"_s, QString::number(++made)}};
                                         })));
        QList<ErrorCode> errors;
        connect(&client, &DialogueClient::errorOccurred, this,
                [&errors](const Error &error) { errors.append(error.code); });
        QTRY_VERIFY(errors.contains(ErrorCode::Unavailable));
        QVERIFY(authority.tokens.contains(u"2"_s));
        QVERIFY(client.isConnected());
    }

    void whoHasNothingElseToSayComesBackInstead()
    {
        Authority authority{.lifetime = 50ms};
        Dialogue server(serverWith(0ms), authority.hooks());
        QVERIFY(server.start());
        DialogueClient client(clientWith(server.port(), Auth(QJsonObject{{u"token"_s, u"always"_s}})));
        QList<ErrorCode> errors;
        connect(&client, &DialogueClient::errorOccurred, this,
                [&errors](const Error &error) { errors.append(error.code); });
        const QSignalSpy connected(&client, &DialogueClient::connected);
        QTRY_VERIFY(connected.count() >= 2);
        QVERIFY(errors.contains(ErrorCode::TokenExpired));
    }
};

DIALOGUE_TEST(TestTokenRefresh, QCoreApplication)
#include "tst_tokenrefresh.moc"
