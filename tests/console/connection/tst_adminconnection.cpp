#include "consoleserver.h"
#include "testclasses.h"

#include "core/protocol/admin/names.h"

#include <QSignalSpy>

#include <memory>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

namespace names = protocol::admin::names;
using State = AdminConnection::State;

} // namespace

class TestAdminConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesInAndKnowsWhatItMay()
    {
        ConsoleServer server;
        AdminConnection connection(server.as(u"operator"_s));
        QSignalSpy entered(&connection, &AdminConnection::entered);
        QCOMPARE(connection.state(), State::Offline);
        connection.open();
        QCOMPARE(connection.state(), State::Connecting);
        QTRY_COMPARE(entered.size(), 1);
        QCOMPARE(connection.hello().role, u"operator"_s);
        QVERIFY(connection.hello().may(u"act"));
        QVERIFY(!connection.hello().may(u"govern"));
        QVERIFY(connection.hello().canDo(u"disconnectClient"));
        QVERIFY(!connection.hello().canDo(u"deleteRoom"));
        QVERIFY(connection.hello().series.contains(u"connections"_s));
    }

    void aWrongPasswordIsAProblemAndNothingIsTriedAgain()
    {
        ConsoleServer server;
        ClientConfig config = server.as(u"owner"_s);
        config.auth = QJsonObject{{u"account"_s, u"owner"_s}, {u"password"_s, u"a guess"_s}};
        AdminConnection connection(config);
        connection.open();
        QTRY_COMPARE(connection.problem().kind, ConnectionFailure::Kind::Refused);
        QTRY_COMPARE(connection.state(), State::Offline);
        QCOMPARE(connection.problem().error.code, ErrorCode::Unauthorized);
    }

    void answersComeWithTheirErrors()
    {
        ConsoleServer server;
        Entered owner(server);
        QList<Result<QJsonObject>> answers;
        const auto keep = [&](const Result<QJsonObject> &reply) { answers.append(reply); };
        owner.connection.ask(names::get, {{u"what"_s, u"room"_s}, {u"id"_s, u"chat"_s}}, this, keep);
        owner.connection.ask(names::get, {{u"what"_s, u"room"_s}, {u"id"_s, u"no"_s}}, this, keep);
        QTRY_COMPARE(answers.size(), 2);
        QCOMPARE(answers[0]->value(u"room"_s)[u"name"_s].toString(), u"Chat"_s);
        QVERIFY(!answers[1]);
    }

    void nobodyAsksWithoutAConnection()
    {
        ConsoleServer server;
        AdminConnection connection(server.as(u"owner"_s));
        std::optional<Result<QJsonObject>> answer;
        connection.ask(names::get, {{u"what"_s, u"stats"_s}}, this,
                       [&](const Result<QJsonObject> &reply) { answer = reply; });
        QVERIFY(!answer); // Never from within the call.
        QTRY_VERIFY(answer);
        QCOMPARE(answer->error().code, ErrorCode::ConnectionLost);
    }

    void anAnswerForWhoIsGoneGoesNowhere()
    {
        ConsoleServer server;
        Entered owner(server);
        auto context = std::make_unique<QObject>();
        bool wasTold = false;
        owner.connection.ask(names::get, {{u"what"_s, u"stats"_s}}, context.get(),
                             [&](const Result<QJsonObject> &) { wasTold = true; });
        context.reset();
        bool isLater = false;
        owner.connection.ask(names::get, {{u"what"_s, u"stats"_s}}, this,
                             [&](const Result<QJsonObject> &) { isLater = true; });
        QTRY_VERIFY(isLater);
        QVERIFY(!wasTold);
    }

    void comesBackToAServerThatWasStartedAnew()
    {
        auto server = std::make_unique<ConsoleServer>();
        const quint16 port = server->port();
        Entered owner(*server);
        QSignalSpy entered(&owner.connection, &AdminConnection::entered);
        const QString run = owner.connection.hello().run;
        server.reset();
        QTRY_COMPARE(owner.connection.state(), State::Returning);
        server = std::make_unique<ConsoleServer>(QList{ConsoleServer::chatRoom()}, port);
        QTRY_COMPARE(owner.connection.state(), State::In);
        QCOMPARE(entered.size(), 1);
        QVERIFY(owner.connection.hello().run != run);
        QVERIFY(owner.connection.problem().text().isEmpty());
    }

    void aServerOfAnotherProtocolIsLeft_data()
    {
        QTest::addColumn<QJsonObject>("hello");
        QTest::newRow("another version") << QJsonObject{{u"protocol"_s, 2}};
        QTest::newRow("none") << QJsonObject();
        QTest::newRow("a text") << QJsonObject{{u"protocol"_s, u"1"_s}};
    }
    void aServerOfAnotherProtocolIsLeft()
    {
        QFETCH(QJsonObject, hello);
        const Result<Hello> read = Hello::read(hello);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(read.error().path, u"protocol"_s);
    }
};

DIALOGUE_TEST(TestAdminConnection, QCoreApplication)
#include "tst_adminconnection.moc"
