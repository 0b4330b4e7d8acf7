#include "await.h"
#include "clientfixture.h"
#include "testclasses.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

struct SaidShip
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
public:
    QString name;
};

/** What an application sees of a client, against a real server over real sockets. */
class TestDialogueClient : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;

    ClientConfig as(const QString &user) const { return clientConfig(m_server->port(), user); }

    static void transportsTable()
    {
        QTest::addColumn<int>("transport");
        QTest::newRow("websocket") << int(TransportKind::WebSocket);
        QTest::newRow("polling") << int(TransportKind::Polling);
    }
    ClientConfig over(int transport, const QString &user) const
    {
        ClientConfig config = as(user);
        config.transports = {TransportKind(transport)};
        return config;
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
    }
    void cleanup() { m_server.reset(); }

    void saysWhoWeAre_data() { transportsTable(); }
    void saysWhoWeAre()
    {
        QFETCH(int, transport);
        DialogueClient client(over(transport, u"ann"_s));
        QSignalSpy connected(&client, &DialogueClient::connected);
        QTRY_COMPARE(connected.count(), 1);
        QCOMPARE(client.state(), DialogueClient::State::Connected);
        QCOMPARE(client.userId(), u"ann"_s);
        QVERIFY(!client.clientId().isEmpty());
        QCOMPARE(client.transport(), TransportKind(transport));
    }

    void twoClientsTalk_data() { transportsTable(); }
    void twoClientsTalk()
    {
        QFETCH(int, transport);
        DialogueClient ann(over(transport, u"ann"_s));
        DialogueClient bob(over(transport, u"bob"_s));
        const auto annsChat = await(ann.join(u"chat"_s));
        const auto bobsChat = await(bob.join(u"chat"_s));
        QVERIFY(annsChat && bobsChat);
        QCOMPARE((*annsChat)->roomName(), u"Chat"_s);
        QVERIFY((*annsChat)->isJoined());

        QList<EventMessage> heard;
        (*bobsChat)->on(u"message"_s, this, [&](const EventMessage &message) { heard.append(message); });
        QSignalSpy any(*annsChat, &RoomContext::eventReceived);
        const auto receipt = await((*annsChat)->triggerWithAck(u"message"_s, saying(u"hi"_s)));
        QVERIFY(receipt);
        QCOMPARE(receipt->offset, 1U);
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(heard[0].data, QJsonValue(saying(u"hi"_s)));
        QCOMPARE(heard[0].from, u"ann"_s);
        QTRY_COMPARE(any.count(), 1);
        QCOMPARE((*bobsChat)->position().offset, 1U);
    }

    void whatAsksForNoEchoComesBackToOthersAlone_data() { transportsTable(); }
    void whatAsksForNoEchoComesBackToOthersAlone()
    {
        QFETCH(int, transport);
        DialogueClient ann(over(transport, u"ann"_s));
        DialogueClient annAgain(over(transport, u"ann"_s));
        const auto annsChat = await(ann.join(u"chat"_s));
        const auto againChat = await(annAgain.join(u"chat"_s));
        QVERIFY(annsChat && againChat);
        QStringList own;
        QStringList other;
        const auto appendTo = [](QStringList &texts) {
            return [&texts](const EventMessage &said) { texts.append(said.data[u"text"_s].toString()); };
        };
        (*annsChat)->on(u"message"_s, this, appendTo(own));
        (*againChat)->on(u"message"_s, this, appendTo(other));
        QSignalSpy gap(*annsChat, &RoomContext::gap);
        const auto receipt
            = await((*annsChat)->triggerWithAck(u"message"_s, saying(u"1"_s), {.echo = false}));
        QVERIFY(receipt);
        QCOMPARE(receipt->offset, 1U);
        QVERIFY(await((*annsChat)->triggerWithAck(u"message"_s, saying(u"2"_s))));
        QTRY_COMPARE(own, QStringList{u"2"_s});
        QTRY_COMPARE(other, (QStringList{u"1"_s, u"2"_s}));
        QCOMPARE(gap.count(), 0);
    }

    void takesAnEventDefinitionWhereverANameGoes()
    {
        const EventDefinition message = defineEvent("message");
        const EventDefinition typing = defineEvent("typing");
        DialogueClient client(as(u"ann"_s));
        const auto joined = await(client.join(u"chat"_s));
        QVERIFY(joined);
        RoomContext &chat = **joined;
        QStringList heard;
        chat.on(typing, this, [&](const EventMessage &) { heard.append(u"typing"_s); });
        chat.onAny(this, [&](const QString &event, const EventMessage &said) {
            QCOMPARE(event, said.event);
            heard.append(u"any "_s + event);
        });
        const auto connection
            = chat.on(message, this, [&](const EventMessage &) { heard.append(u"message"_s); });
        QVERIFY(await(chat.subscribe(typing)));
        QVERIFY(await(chat.triggerWithAck(typing)));
        QVERIFY(await(chat.triggerWithAck(message, saying(u"hi"_s))));
        // Handlers of one event come before those of any, whenever they were added.
        QCOMPARE(heard, (QStringList{u"typing"_s, u"any typing"_s, u"message"_s, u"any message"_s}));
        heard.clear();
        QVERIFY(QObject::disconnect(connection));
        QVERIFY(await(chat.unsubscribe(typing)));
        chat.trigger(typing);
        chat.trigger(message, saying(u"hi"_s));
        QTRY_COMPARE(heard, QStringList{u"any message"_s});
    }

    void handlersAreMemberFunctionsToo()
    {
        struct Window : public QObject
        {
            void append(const EventMessage &) { ++appended; }
            void show(const QString &event, const EventMessage &) { shown = event; }
            int appended = 0;
            QString shown;
        };
        Window window;
        DialogueClient client(as(u"ann"_s));
        const auto joined = await(client.join(u"chat"_s));
        QVERIFY(joined);
        (*joined)->on(u"message"_s, &window, &Window::append);
        (*joined)->on(defineEvent("message"), &window, &Window::append);
        (*joined)->onAny(&window, &Window::append);
        (*joined)->onAny(&window, &Window::show);
        QVERIFY(await((*joined)->triggerWithAck(u"message"_s, saying(u"hi"_s))));
        QTRY_COMPARE(window.shown, u"message"_s);
        QCOMPARE(window.appended, 3);
    }

    void hearsWhatIsSaidOutsideOfRooms()
    {
        const auto ship = defineEvent<SaidShip>("ship");
        DialogueClient client(as(u"directly"_s));
        QStringList heard;
        client.on(u"*"_s, this,
                  [&](const EventMessage &message) { heard.append(u"any "_s + message.event); });
        const auto connection = client.on(u"sync"_s, this, [&](const EventMessage &message) {
            heard.append(u"sync %1"_s.arg(message.data.toArray().size()));
        });
        client.on(defineEvent("sync"), this, [&](const EventMessage &) { heard.append(u"defined"_s); });
        client.on(ship, this,
                  [&](const TypedMessage<SaidShip> &message) { heard.append(message.data.name); });
        QSignalSpy signal(&client, &DialogueClient::directReceived);
        QVERIFY(await(client.join(u"chat"_s)));
        ConnectedClient *const there = m_server->clients(u"directly"_s).first();
        there->send(u"sync"_s, QJsonArray{1, 2});
        QTRY_COMPARE(signal.size(), 1);
        QCOMPARE(heard, (QStringList{u"sync 2"_s, u"defined"_s, u"any sync"_s}));
        const auto message = signal[0][0].value<EventMessage>();
        QCOMPARE(message.event, u"sync"_s);
        QCOMPARE(message.roomId, QString());
        QCOMPARE(message.from, u"system"_s);
        QVERIFY(message.timestamp > 0);

        heard.clear();
        QVERIFY(QObject::disconnect(connection));
        there->send(u"ship"_s, QJsonObject{{u"name"_s, u"Pequod"_s}});
        there->send(u"ship"_s, u"of another shape"_s);
        m_server->broadcast(u"sync"_s);
        QTRY_COMPARE(signal.size(), 4);
        QCOMPARE(heard,
                 (QStringList{u"Pequod"_s, u"any ship"_s, u"any ship"_s, u"defined"_s, u"any sync"_s}));
        QVERIFY(signal[3][0].value<EventMessage>().data.isNull());

        there->send(u"dialogue:later"_s, 1); // Not an application's.
        there->send(u"last"_s);
        QTRY_COMPARE(signal.last()[0].value<EventMessage>().event, u"last"_s);
        QCOMPARE(signal.size(), 5);
    }

    void anErrorIsTheServers()
    {
        DialogueClient client(as(u"ann"_s));
        const auto nowhere = await(client.join(u"nowhere"_s));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().code, ErrorCode::RoomNotFound);
        QCOMPARE(client.room(u"nowhere"_s), nullptr);
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        const auto empty = await((*chat)->triggerWithAck(u"message"_s, saying({})));
        QVERIFY(!empty);
        QCOMPARE(empty.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(empty.error().path, u"data.text"_s);
    }

    void anErrorHasEachFault()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        const auto wrong = await(
            (*chat)->triggerWithAck(u"message"_s, QJsonObject{{u"text"_s, u""_s}, {u"senderId"_s, 7}}));
        QVERIFY(!wrong);
        QStringList told;
        for (const SchemaFault &fault : wrong.error().faults)
            told += fault.pointer + u' ' + fault.rule;
        told.sort();
        QCOMPARE(told, (QStringList{u"/senderId type"_s, u"/text minLength"_s}));
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        (*chat)->trigger(u"message"_s, QJsonObject{{u"text"_s, u""_s}, {u"senderId"_s, 7}});
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].value<Error>().faults.size(), 2);
    }

    void aFireAndForgetTriggersErrorIsASignal()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        (*chat)->trigger(u"message"_s, saying({}));
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].value<Error>().code, ErrorCode::ValidationFailed);
    }

    void joiningTwiceGivesTheSameRoom()
    {
        DialogueClient client(as(u"ann"_s));
        const auto first = client.join(u"chat"_s);
        const auto second = client.join(u"chat"_s);
        QCOMPARE(*await(first), *await(second));
        QCOMPARE(client.room(u"chat"_s), *await(client.join(u"chat"_s)));
        QCOMPARE(client.rooms().size(), 1);
    }

    void subscriptionsDecideWhatComes()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QStringList heard;
        (*chat)->onAny(this, [&](const EventMessage &message) { heard.append(message.event); });
        QVERIFY(await((*chat)->triggerWithAck(u"typing"_s)));
        QVERIFY(await((*chat)->subscribe(u"typing"_s)));
        QVERIFY(await((*chat)->triggerWithAck(u"typing"_s)));
        QVERIFY(await((*chat)->unsubscribe(u"message"_s)));
        QVERIFY(await((*chat)->triggerWithAck(u"message"_s, saying(u"hi"_s))));
        QCOMPARE(heard, QStringList{u"typing"_s});
        const auto unknown = await((*chat)->subscribe(u"dancing"_s));
        QCOMPARE(unknown.error().code, ErrorCode::EventNotAllowed);
    }

    void bytesTravelBothWays_data() { transportsTable(); }
    void bytesTravelBothWays()
    {
        QFETCH(int, transport);
        DialogueClient client(over(transport, u"ann"_s));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QList<QByteArray> came;
        (*lab)->on(u"scan"_s, this, [&](const EventMessage &message) { came = message.attachments; });
        const QByteArray bytes("\x00\xff\x1e bytes", 9);
        QVERIFY(await((*lab)->triggerWithAck(u"scan"_s, QJsonObject{{u"image"_s, RoomContext::attachment(0)}},
                                             {.attachments = {bytes}})));
        QTRY_COMPARE(came, QList<QByteArray>{bytes});
    }

    void historyIsNewestFirst()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
            (*chat)->trigger(u"message"_s, saying(text));
        const auto page = await((*chat)->getHistory({.event = u"message"_s, .start = 0, .end = 2}));
        QVERIFY(page);
        QCOMPARE(page->size(), 2);
        QCOMPARE(page->at(0).data, QJsonValue(saying(u"three"_s)));
        QCOMPARE(page->at(1).data, QJsonValue(saying(u"two"_s)));
    }

    // A page of history wraps an event in more than the trigger did that brought it.
    void theDeepestDataThatARoomTakesComesBackInItsHistory()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        const auto nested = [](int depth) {
            QJsonValue value = 1;
            for (int i = 0; i < depth; ++i)
                value = QJsonArray{value};
            return QJsonObject{{u"text"_s, u"deep"_s}, {u"more"_s, value}};
        };
        const auto taken = await((*chat)->triggerWithAck(u"message"_s, nested(509)));
        QVERIFY2(taken, taken ? "" : qPrintable(taken.error().text()));
        QVERIFY(!await((*chat)->triggerWithAck(u"message"_s, nested(510))));
        const auto page = await((*chat)->getHistory({.event = u"message"_s}));
        QVERIFY2(page, page ? "" : qPrintable(page.error().text()));
        QCOMPARE(page->at(0).data, QJsonValue(nested(509)));
    }

    void roomsAreMadeListedAndDeleted()
    {
        DialogueClient owner(as(u"ann"_s));
        DialogueClient other(as(u"bob"_s));
        QSignalSpy created(&other, &DialogueClient::roomCreated);
        QSignalSpy deleted(&other, &DialogueClient::roomDeleted);
        QTRY_VERIFY(other.isConnected());
        const auto made = await(owner.createRoom({.id = u"den"_s, .name = u"Den"_s, .maxSize = 5}));
        QVERIFY(made);
        QCOMPARE(made->createdById, u"ann"_s);
        QTRY_COMPARE(created.count(), 1);
        QCOMPARE(created[0][0].value<RoomInfo>().id, u"den"_s);
        const auto again = await(other.createRoom({.id = u"den"_s, .name = u"Den"_s}));
        QCOMPARE(again.error().code, ErrorCode::RoomExists);
        const auto list = await(other.listRooms());
        QVERIFY(list);
        QCOMPARE(list->size(), 3);
        const auto den = await(other.join(u"den"_s));
        QVERIFY(den);
        QSignalSpy left(*den, &RoomContext::left);
        QCOMPARE(await(other.deleteRoom(u"den"_s)).error().code, ErrorCode::PermissionDenied);
        QVERIFY(await(owner.deleteRoom(u"den"_s)));
        QTRY_COMPARE(deleted.count(), 1);
        QCOMPARE(left.count(), 1);
        QCOMPARE(other.room(u"den"_s), nullptr);
    }

    void leavingEndsTheContext()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        const QPointer<RoomContext> context(*chat);
        QSignalSpy left(context, &RoomContext::left);
        QVERIFY(await(context->leave()));
        QCOMPARE(client.room(u"chat"_s), nullptr);
        QCOMPARE(m_server->room(u"chat"_s)->size(), 0);
        QTRY_VERIFY(context.isNull());
        QCOMPARE(left.count(), 1);
        QVERIFY(await(client.join(u"chat"_s)));
    }

    void authIsAskedAnewForEachConnection()
    {
        int asked = 0;
        ClientConfig config = as({});
        config.auth = [&asked] { return QJsonObject{{u"userId"_s, u"ann%1"_s.arg(++asked)}}; };
        DialogueClient client(config);
        QTRY_COMPARE(client.userId(), u"ann1"_s);
        client.disconnectFromServer();
        QCOMPARE(client.state(), DialogueClient::State::Disconnected);
        client.connectToServer();
        QTRY_COMPARE(client.userId(), u"ann2"_s);
    }

    void aHandlerMayDoAnything_data()
    {
        QTest::addColumn<QString>("deed");
        for (const char *deed : {"leave", "disconnect", "delete the room", "delete the client"})
            QTest::newRow(deed) << QString::fromLatin1(deed);
    }
    void aHandlerMayDoAnything()
    {
        QFETCH(QString, deed);
        auto client = std::make_unique<DialogueClient>(as(u"ann"_s));
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        RoomContext *const room = *lab;
        int called = 0;
        room->on(u"boom"_s, this, [&](const EventMessage &) {
            if (++called > 1)
                return;
            if (deed == u"leave")
                (void)room->leave();
            else if (deed == u"disconnect")
                client->disconnectFromServer();
            else if (deed == u"delete the room")
                delete room;
            else
                client.reset();
        });
        room->on(u"boom"_s, this, [&](const EventMessage &) { ++called; });
        room->trigger(u"boom"_s);
        room->trigger(u"boom"_s);
        QTRY_VERIFY(called > 0);
        QTRY_COMPARE(m_server->room(u"lab"_s)->size(), 0);
    }
};

DIALOGUE_TEST(TestDialogueClient, QCoreApplication)
#include "tst_dialogueclient.moc"
