#include "tests/client/support/await.h"
#include "tests/client/support/clientfixture.h"

#include "testclasses.h"
#include "testclient.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <memory>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

struct Order
{
    Q_GADGET
    Q_PROPERTY(QString item MEMBER item)
    Q_PROPERTY(int amount MEMBER amount)
public:
    QString item;
    int amount = 0;
};

struct Quote
{
    Q_GADGET
    Q_PROPERTY(double price MEMBER price)
public:
    double price = 0;
};

/** What an application answers besides rooms and events, asked over real sockets. */
class TestApplicationRequests : public QObject
{
    Q_OBJECT

    static TypedRequest<Order, Quote> quote()
    {
        return defineRequest<Order, Quote>("quote", Schema::object({{"amount", Schema::integer().min(1)}}));
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->onRequest(quote(), [](const Order &order, const ClientRequest &) {
            return Quote{.price = 1.5 * order.amount};
        }));
        QVERIFY(m_server->onRequest(u"echo"_s, [](const ClientRequest &request) { return request.args; }));
        QVERIFY(m_server->onRequest(u"wrong"_s, [](const ClientRequest &) { return u"no quote"_s; }));
        QVERIFY(m_server->onRequest(u"never"_s, [this](const ClientRequest &) -> Answer<QJsonValue> {
            m_never.start();
            return m_never.future();
        }));
        QVERIFY(m_server->onRequest(u"elsewhere"_s, [](const ClientRequest &request) -> Answer<QJsonValue> {
            const auto promise = std::make_shared<QPromise<Result<QJsonValue>>>();
            promise->start();
            QThreadPool::globalInstance()->start([promise, data = request.data.value()] {
                promise->addResult(Result<QJsonValue>(data));
                promise->finish();
            });
            return promise->future();
        }));
        QVERIFY(m_server->start());
        m_client = std::make_unique<DialogueClient>(clientConfig(m_server->port(), u"ann"_s));
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
        m_never = {};
    }

    void aStructIsAnsweredByAStruct()
    {
        const auto price = await(m_client->request(quote(), Order{.item = u"tea"_s, .amount = 4}));
        QVERIFY2(price, price ? "" : qPrintable(price.error().text()));
        QCOMPARE(price->price, 6.0);
    }

    void whatDoesNotFitIsRefusedWithItsPlace()
    {
        const auto price = await(m_client->request(quote(), Order{.item = u"tea"_s, .amount = 0}));
        QVERIFY(!price);
        QCOMPARE(price.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(price.error().path, u"data.amount"_s);
    }

    void whatIsRefusedIsToldToWhoAsked()
    {
        QSignalSpy errors(m_client.get(), &DialogueClient::errorOccurred);
        const auto refused = await(m_client->request(u"nothing"_s));
        QVERIFY(!refused);
        QVERIFY(await(m_client->listRooms())); // Whatever else was said came before.
        QCOMPARE(errors.count(), 0);
    }

    void anAnswerThatIsNoReplyIsAnError()
    {
        const auto price = await(m_client->request(defineRequest<Order, Quote>("wrong"), Order{}));
        QVERIFY(!price);
        QCOMPARE(price.error().code, ErrorCode::ValidationFailed);
    }

    void whatAnotherThreadAnswersArrives()
    {
        const auto answer = await(m_client->request(u"elsewhere"_s, QJsonObject{{u"n"_s, 1}}));
        QVERIFY(answer);
        QCOMPARE(*answer, QJsonValue(QJsonObject{{u"n"_s, 1}}));
    }

    void aRequestWithoutDataHasNone()
    {
        const auto answer = await(m_client->request(u"echo"_s));
        QVERIFY(answer);
        QCOMPARE(*answer, QJsonValue(QJsonArray()));
    }

    void whatNobodyAnswersIsToldAtOnce()
    {
        const auto answer = await(m_client->request(u"nothing"_s));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::InvalidRequest);
        QVERIFY(answer.error().message.contains(u"nothing"_s));
    }

    void aConnectionThatIsLostBeforeTheAnswerIsTold()
    {
        const QFuture<Result<QJsonValue>> answer = m_client->request(u"never"_s);
        QTRY_VERIFY(m_never.future().isStarted());
        m_server->allClients().constFirst()->disconnect();
        const auto result = await(answer);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ConnectionLost);
    }

    void aSocketIoClientGetsTheValueItself()
    {
        TestClient client(m_server->port());
        QCOMPARE(client.ask(u"quote"_s, QJsonObject{{u"item"_s, u"tea"_s}, {u"amount"_s, 2}}),
                 (QJsonObject{{u"price"_s, 3}}));
    }

private:
    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<DialogueClient> m_client;
    QPromise<Result<QJsonValue>> m_never;
};

DIALOGUE_TEST(TestApplicationRequests, QCoreApplication)
#include "tst_applicationrequests.moc"
