#include "dialoguetest.h"

#include "testclasses.h"

#include <QPromise>

#include <vector>

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** Clients that go on though something of theirs waits for an answer that does not come. */
class TestWaitingClients : public QObject
{
    Q_OBJECT

    static QJsonObject saying(const QString &text)
    {
        return {{u"roomId"_s, u"chat"_s},
                {u"event"_s, u"message"_s},
                {u"data"_s, QJsonObject{{u"text"_s, text}}}};
    }

private Q_SLOTS:
    void areReadNoFurtherAndHurtNobody_data() { workersTable(); }
    void areReadNoFurtherAndHurtNobody()
    {
        QFETCH(int, workers);
        std::vector<QPromise<Result<EventMessage>>> unanswered;
        ServerConfig itsConfig = config(workers);
        itsConfig.rateLimit.global.maxEvents = 1'000'000;
        itsConfig.hooks.timeout = 10min;
        Dialogue server(itsConfig,
                        {.beforeEachLater = [&](const EventMessage &message, const QString &,
                                                const ClientSnapshot &sender, const std::stop_token &) {
                            if (sender.userId == u"bob")
                                return later::ended<EventMessage>(message);
                            unanswered.emplace_back().start();
                            return unanswered.back().future();
                        }});
        QVERIFY(server.start());
        TestClient mallory(server.port(), as(u"mallory"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        QVERIFY(mallory.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(bob.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());

        for (int i = 0; i < 10'000; ++i)
            mallory.emitEvent(u"dialogue:trigger"_s, saying(QString(200, u'x')));
        mallory.flush();
        const int most = itsConfig.limits.inboundPerClient; // The one that was asked about is one of them.
        QTRY_COMPARE(server.counters().order.waiting, most - 1);
        for (int i = 0; i < 20; ++i)
            QVERIFY(bob.ask(u"dialogue:trigger"_s, saying(u"hello"_s))[u"ok"_s].toBool());
        QCOMPARE(server.counters().order.mostWaiting, most - 1);
        QCOMPARE(server.counters().answers.mostWaiting, 1);
        QCOMPARE(unanswered.size(), std::size_t(1));
        QVERIFY(!mallory.isClosed());

        server.clients(u"mallory"_s).constFirst()->disconnect();
        QTRY_COMPARE(server.allClients().size(), 1);
        QCOMPARE(server.counters().order.waiting, 0);
        QCOMPARE(server.counters().order.dropped, most - 1);
        QCOMPARE(server.counters().answers.waiting, 0);
        QCOMPARE(server.room(u"chat"_s)->offset(), 20U);
    }

    void goOnOnceTheAnswerIsThere_data() { workersTable(); }
    void goOnOnceTheAnswerIsThere()
    {
        QFETCH(int, workers);
        QPromise<Result<EventMessage>> first;
        first.start();
        EventMessage asked;
        ServerConfig itsConfig = config(workers);
        itsConfig.rateLimit.global.maxEvents = 1'000'000;
        Dialogue server(itsConfig,
                        {.beforeEachLater = [&](const EventMessage &message, const QString &,
                                                const ClientSnapshot &, const std::stop_token &) {
                            if (!asked.event.isEmpty())
                                return later::ended<EventMessage>(message);
                            asked = message;
                            return first.future();
                        }});
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        constexpr int Many = 2000; // More than may wait.
        QStringList said;
        connect(server.room(u"chat"_s), &Room::eventTriggered, this, [&](const EventMessage &message) {
            said.append(message.data.toObject()[u"text"_s].toString());
        });
        QStringList all;
        for (int i = 0; i < Many; ++i) {
            all.append(QString::number(i));
            ann.emitEvent(u"dialogue:trigger"_s, saying(all.last()));
        }
        QTRY_COMPARE(server.counters().order.waiting, itsConfig.limits.inboundPerClient - 1);
        first.addResult(asked);
        first.finish();
        QTRY_COMPARE(said.size(), Many);
        QCOMPARE(said, all);
        QCOMPARE(server.counters().order.waiting, 0);
    }
};

DIALOGUE_TEST(TestWaitingClients, QCoreApplication)
#include "tst_waitingclients.moc"
