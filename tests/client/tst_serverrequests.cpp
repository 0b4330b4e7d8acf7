#include "tests/client/support/await.h"
#include "tests/client/support/clientfixture.h"

#include "testclasses.h"
#include "testclient.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <memory>
#include <stdexcept>

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

struct Place
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
public:
    QString name;
};

struct Weather
{
    Q_GADGET
    Q_PROPERTY(double degrees MEMBER degrees)
public:
    double degrees = 0;
};

/** What the server asks a DialogueClient, over real sockets. */
class TestServerRequests : public QObject
{
    Q_OBJECT

    static TypedRequest<Place, Weather> weather() { return defineRequest<Place, Weather>("weather"); }
    ConnectedClient *ann() const { return m_server->clients(u"ann"_s).value(0); }
    Result<QJsonArray> ask(const QString &name, const QJsonValue &data = QJsonValue::Undefined)
    {
        return await(ann()->request(name, data));
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
        m_client = std::make_unique<DialogueClient>(clientConfig(m_server->port(), u"ann"_s));
        QTRY_VERIFY(ann());
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void theHandlersValueIsTheAnswer()
    {
        m_client->onRequest(u"echo"_s, this, [](const EventMessage &asked) { return asked.data.value(); });
        const auto answer = ask(u"echo"_s, QJsonObject{{u"n"_s, 1}});
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().text()));
        QCOMPARE(*answer, (QJsonArray{QJsonObject{{u"n"_s, 1}}}));
    }

    void aStructIsAnsweredByAStruct()
    {
        m_client->onRequest(weather(), this, [](const Place &place) -> Answer<Weather> {
            if (place.name.isEmpty())
                return Error{ErrorCode::PermissionDenied, u"Where?"_s};
            return Weather{.degrees = 21.5};
        });
        const auto answer = await(ann()->request(weather(), Place{.name = u"Kiel"_s}));
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().text()));
        QCOMPARE(answer->degrees, 21.5);
        const auto refused = await(ann()->request(weather(), Place{}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::PermissionDenied);
        const auto unfit = ask(u"weather"_s, u"no place"_s);
        QVERIFY(!unfit);
        QCOMPARE(unfit.error().code, ErrorCode::ValidationFailed);
    }

    void whatAnotherThreadAnswersArrives()
    {
        m_client->onRequest(u"later"_s, this, [](const EventMessage &) -> Answer<QJsonValue> {
            const auto promise = std::make_shared<QPromise<Result<QJsonValue>>>();
            promise->start();
            QThreadPool::globalInstance()->start([promise] {
                promise->addResult(Result<QJsonValue>(u"there"_s));
                promise->finish();
            });
            return promise->future();
        });
        const auto answer = ask(u"later"_s);
        QVERIFY(answer);
        QCOMPARE(*answer, QJsonArray{u"there"_s});
    }

    void whatNobodyAnswersIsToldAtOnceAndHeardAllTheSame()
    {
        QSignalSpy heard(m_client.get(), &DialogueClient::directReceived);
        const auto answer = ask(u"nothing"_s);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::InvalidRequest);
        QVERIFY(answer.error().message.contains(u"nothing"_s));
        QCOMPARE(heard.count(), 1);
    }

    void aHandlerAnswersAsLongAsItsContextLives()
    {
        auto context = std::make_unique<QObject>();
        m_client->onRequest(u"ask"_s, context.get(), [](const EventMessage &) { return 1; });
        QVERIFY(ask(u"ask"_s));
        m_client->onRequest(u"ask"_s, context.get(), [](const EventMessage &) { return 2; });
        QCOMPARE(*ask(u"ask"_s), QJsonArray{2});
        context.reset();
        QVERIFY(!ask(u"ask"_s));
    }

    void whatAHandlerThrowsIsAnError()
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"of the request \"ask\".*oops"_s));
        m_client->onRequest(u"ask"_s, this, [](const EventMessage &) -> Answer<QJsonValue> {
            throw std::runtime_error("oops");
        });
        const auto answer = ask(u"ask"_s);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::IoError);
    }

    void whatIsTooLargeIsAnError()
    {
        m_client->onRequest(u"ask"_s, this, [](const EventMessage &) { return QString(2'000'000, u'x'); });
        const auto answer = ask(u"ask"_s);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::PayloadTooLarge);
    }

    void soManyWaitForTheApplication()
    {
        ClientConfig config = clientConfig(m_server->port(), u"bob"_s);
        config.limits.requests = 1;
        DialogueClient bob(config);
        QPromise<Result<QJsonValue>> promise;
        promise.start();
        bob.onRequest(u"ask"_s, this,
                      [&](const EventMessage &) -> Answer<QJsonValue> { return promise.future(); });
        QTRY_VERIFY(!m_server->clients(u"bob"_s).isEmpty());
        ConnectedClient *const asked = m_server->clients(u"bob"_s).first();
        const auto first = asked->request(u"ask"_s);
        const auto refused = await(asked->request(u"ask"_s));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(!first.isFinished());
        promise.addResult(Result<QJsonValue>(1));
        promise.finish();
        QVERIFY(await(first));
    }

    void whatWasAskedOverALostConnectionIsNotAnswered()
    {
        QPromise<Result<QJsonValue>> promise;
        promise.start();
        int asked = 0;
        m_client->onRequest(u"ask"_s, this, [&](const EventMessage &) -> Answer<QJsonValue> {
            ++asked;
            return promise.future();
        });
        const auto answer = ann()->request(u"ask"_s);
        QTRY_COMPARE(asked, 1);
        const QString before = m_client->clientId();
        m_client->disconnectFromServer();
        const auto lost = await(answer);
        QVERIFY(!lost);
        QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
        m_client->connectToServer();
        QTRY_VERIFY(m_client->isConnected() && m_client->clientId() != before);
        promise.addResult(Result<QJsonValue>(1));
        promise.finish();
        m_client->onRequest(u"ask"_s, this, [](const EventMessage &) { return 2; });
        QTRY_VERIFY(ann());
        QCOMPARE(*ask(u"ask"_s), QJsonArray{2});
        QCOMPARE(m_server->counters().asking.unasked, 0);
    }

    void aRoomAnswersTogether()
    {
        DialogueClient bob(clientConfig(m_server->port(), u"bob"_s));
        TestClient eve(m_server->port(), {{u"userId"_s, u"eve"_s}});
        for (DialogueClient *const each : {m_client.get(), &bob}) {
            each->onRequest(u"ready"_s, this, [each](const EventMessage &) { return each->userId(); });
            QVERIFY(await(each->join(u"lab"_s)));
        }
        eve.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"lab"_s}});
        const auto answers
            = await(m_server->room(u"lab"_s)->request(u"ready"_s, QJsonValue::Undefined, 300ms));
        QVERIFY2(answers, answers ? "" : qPrintable(answers.error().text()));
        QCOMPARE(answers->size(), 3);
        for (const ParticipantAnswer &each : *answers) {
            if (each.userId == u"eve"_s)
                QCOMPARE(each.answer.error().code, ErrorCode::Timeout); // She does not answer.
            else
                QCOMPARE(*each.answer, QJsonArray{each.userId});
        }
    }

    void theServersEndIsToldToItsApplication()
    {
        QPromise<Result<QJsonValue>> promise;
        promise.start();
        m_client->onRequest(u"ask"_s, this,
                            [&](const EventMessage &) -> Answer<QJsonValue> { return promise.future(); });
        const auto answer = ann()->request(u"ask"_s);
        m_server.reset();
        QVERIFY(answer.isFinished());
        QCOMPARE(answer.result().error().code, ErrorCode::ServerDraining);
    }

private:
    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<DialogueClient> m_client;
};

DIALOGUE_TEST(TestServerRequests, QCoreApplication)
#include "tst_serverrequests.moc"
