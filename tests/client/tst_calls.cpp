#include "tests/client/support/await.h"
#include "tests/client/support/scriptedserver.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Nothing is told from within a call, so that whoever hears it may delete the client; and in each turn of
 * the event loop not more than it takes well. */
class TestCalls : public QObject
{
    Q_OBJECT

    using AckId = ScriptedServer::AckId;

    ScriptedServer m_server;
    std::unique_ptr<DialogueClient> m_client;
    RoomContext *m_lab = nullptr;
    bool m_inside = false; ///< A call of ours.
    QStringList m_told;

    void call(const QString &what)
    {
        const auto told = [this]<class T>(const Result<T> &answer) {
            QVERIFY(!m_inside);
            m_told.append(answer ? u"ok"_s : QString::fromLatin1(codeName(answer.error().code)));
            m_client.reset();
        };
        const QString large(2000000, u'x'); // more than the server takes
        m_inside = true;
        if (what == u"trigger")
            m_lab->trigger(u"n"_s, 1);
        else if (what == u"trigger what is too large")
            m_lab->triggerWithAck(u"n"_s, large).then(this, told);
        else if (what == u"trigger what nobody reads")
            m_lab->triggerWithAck(u"n"_s, RoomContext::attachment(0)).then(this, told);
        else if (what == u"trigger too much")
            m_lab->triggerWithAck(u"n"_s, QString(5000000, u'x')).then(this, told);
        else if (what == u"subscribe to what is too large")
            m_lab->subscribe(large).then(this, told);
        else if (what == u"history that cannot be")
            m_lab->getHistoryBetween(0, 0).then(this, told);
        else if (what == u"join again")
            m_client->join(u"lab"_s).then(this, told);
        else if (what == u"leave")
            m_lab->leave().then(this, told);
        else if (what == u"disconnect")
            m_client->disconnectFromServer();
        else
            QFAIL(qPrintable(what));
        m_inside = false;
    }

private Q_SLOTS:
    void init()
    {
        m_server.answer = [this](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:join")
                m_server.letIn(payload, id);
        };
        m_client = m_server.client();
        const auto lab = await(m_client->join(u"lab"_s));
        QVERIFY(lab);
        QTRY_COMPARE(m_client->state(), DialogueClient::State::Connected);
        m_lab = *lab;
        m_told.clear();
        const auto tell = [this](const QString &what) {
            QVERIFY(!m_inside);
            m_told.append(what);
            m_client.reset();
        };
        connect(m_client.get(), &DialogueClient::outboxSizeChanged, this, [tell] { tell(u"outbox"_s); });
        connect(m_client.get(), &DialogueClient::errorOccurred, this, [tell] { tell(u"error"_s); });
        connect(m_client.get(), &DialogueClient::stateChanged, this, [tell] { tell(u"state"_s); });
        connect(m_client.get(), &DialogueClient::disconnected, this, [tell] { tell(u"disconnected"_s); });
        connect(m_lab, &RoomContext::joinedChanged, this, [tell] { tell(u"joined"_s); });
    }
    void cleanup() { m_client.reset(); }

    void whatACallBringsAboutIsToldAfterIt_data()
    {
        QTest::addColumn<QString>("first"); // after which there is no client any more
        QTest::newRow("trigger") << u"outbox"_s;
        QTest::newRow("trigger what is too large") << u"PAYLOAD_TOO_LARGE"_s;
        QTest::newRow("trigger what nobody reads") << u"INVALID_REQUEST"_s;
        QTest::newRow("trigger too much") << u"LIMIT_REACHED"_s;
        QTest::newRow("subscribe to what is too large") << u"PAYLOAD_TOO_LARGE"_s;
        QTest::newRow("history that cannot be") << u"INVALID_REQUEST"_s;
        QTest::newRow("join again") << u"ok"_s;
        QTest::newRow("leave") << u"joined"_s;
        QTest::newRow("disconnect") << u"state"_s;
    }
    void whatACallBringsAboutIsToldAfterIt()
    {
        QFETCH(QString, first);
        call(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(m_told.isEmpty() && m_client);
        QTRY_VERIFY(!m_client);
        QCOMPARE(m_told.constFirst(), first);
    }

    void theStateIsTheNewOneAtOnce()
    {
        m_client->disconnect(this);
        m_lab->disconnect(this);
        QStringList told;
        connect(m_client.get(), &DialogueClient::stateChanged, this,
                [&](DialogueClient::State state) { told.append(QVariant::fromValue(state).toString()); });
        connect(m_client.get(), &DialogueClient::disconnected, this, [&] { told.append(u"lost"_s); });
        m_client->disconnectFromServer();
        QCOMPARE(m_client->state(), DialogueClient::State::Disconnected);
        m_client->connectToServer();
        QCOMPARE(m_client->state(), DialogueClient::State::Connecting);
        QTRY_COMPARE(told, (QStringList{u"Disconnected"_s, u"lost"_s, u"Connecting"_s, u"Connected"_s}));
    }

    void aRoomThatWasLeftAnswersAfterTheCallToo()
    {
        QVERIFY(m_lab->disconnect(this));
        (void)m_lab->leave();
        const auto receipt = m_lab->triggerWithAck(u"n"_s);
        const auto history = m_lab->getHistory();
        const auto subscribed = m_lab->subscribe(u"n"_s);
        QVERIFY(!receipt.isFinished() && !history.isFinished() && !subscribed.isFinished());
        delete m_lab; // and if there is no turn of the event loop for it any more
        QCOMPARE(await(receipt).error().code, ErrorCode::NotInRoom);
        QCOMPARE(await(history).error().code, ErrorCode::NotInRoom);
        QCOMPARE(await(subscribed).error().code, ErrorCode::NotInRoom);
    }

    void handlersThatTakeTheirTimeLeaveTheEventLoopItsTurns()
    {
        QStringList order;
        m_lab->on(u"n"_s, this, [&](const EventMessage &message) {
            order.append(QString::number(message.data.toInt()));
            QTest::qSleep(5); // longer than a turn
        });
        QTimer turns;
        connect(&turns, &QTimer::timeout, this, [&] {
            if (!order.isEmpty() && order.constLast() != u"-")
                order.append(u"-"_s);
        });
        turns.start(0);
        for (int i = 1; i <= 5; ++i)
            m_server.emitEvent(u"dialogue:event"_s,
                               {{u"event"_s, u"n"_s},
                                {u"roomId"_s, u"lab"_s},
                                {u"data"_s, i},
                                {u"from"_s, u"bob"_s},
                                {u"offset"_s, i},
                                {u"timestamp"_s, 1}});
        QTRY_VERIFY(order.contains(u"5"_s));
        QCOMPARE(order.join(QString()).left(9), u"1-2-3-4-5"_s);
    }
};

DIALOGUE_TEST(TestCalls, QCoreApplication)
#include "tst_calls.moc"
