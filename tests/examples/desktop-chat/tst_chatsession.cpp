#include "model/chatsession.h"

#include "clientfixture.h"
#include "cuttingproxy.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace chat;
using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using Delivery = Message::Delivery;
using Phase = ConnectionStatus::Phase;
using State = Conversation::State;

/** The chat without its window, against a real server. */
class TestChatSession : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<CuttingProxy> m_proxy;

    void start(ServerConfig config = serverConfig(), const Hooks &hooks = {})
    {
        m_server = std::make_unique<Dialogue>(std::move(config), hooks);
        QVERIFY(m_server->start());
        m_proxy = std::make_unique<CuttingProxy>(m_server->port());
    }
    [[nodiscard]] std::unique_ptr<ChatSession> signIn(const QString &name) const
    {
        return std::make_unique<ChatSession>(clientConfig(m_proxy->port(), name), name);
    }
    [[nodiscard]] std::unique_ptr<ChatSession> inChat(const QString &name) const
    {
        auto session = signIn(name);
        session->open(u"chat"_s);
        return QTest::qWaitFor([&] { return session->current()->state() == State::Joined; }, 30000)
            ? std::move(session)
            : nullptr;
    }
    void serverSays(const QString &text)
    {
        QVERIFY(m_server->trigger(u"chat"_s, u"message"_s, saying(text)).result());
    }
    static QStringList texts(Conversation &conversation)
    {
        QStringList found;
        for (int row = 0; row < conversation.messages().rowCount(); ++row) {
            const Message &message = conversation.messages().at(row);
            found.append(message.kind == Message::Kind::Gap ? u"-"_s : message.text);
        }
        return found;
    }

private Q_SLOTS:
    void cleanup()
    {
        m_proxy.reset();
        m_server.reset();
    }

    void listsTheRoomsAndHowManyAreInThem()
    {
        start();
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        QTRY_COMPARE(ann->rooms().rowCount(), 2);
        QTRY_COMPARE(ann->rooms().find(u"chat"_s)->size, 1);
        QCOMPARE(ann->rooms().index(0).data().toString(), u"Chat"_s);
    }

    void showsTheHistoryAtJoin()
    {
        start();
        serverSays(u"one"_s);
        serverSays(u"two"_s);
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        QTRY_COMPARE(texts(*ann->current()), (QStringList{u"one"_s, u"two"_s}));
        QTRY_VERIFY(!ann->current()->hasEarlier());
    }

    void loadsEarlierMessagesPageByPage()
    {
        ServerConfig config = serverConfig();
        config.rooms[0].events[0].history.limit = 200;
        start(config);
        for (int i = 1; i <= 2 * Conversation::PageSize + 10; ++i)
            serverSays(QString::number(i));
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        Conversation &chat = *ann->current();
        QTRY_COMPARE(chat.messages().rowCount(), Conversation::PageSize);
        QTRY_VERIFY(!chat.isLoadingEarlier());
        QVERIFY(chat.hasEarlier());
        serverSays(u"meanwhile"_s); // moves what the server counts from
        QTRY_COMPARE(chat.messages().rowCount(), Conversation::PageSize + 1);
        chat.loadEarlier();
        QTRY_COMPARE(chat.messages().rowCount(), 2 * Conversation::PageSize + 1);
        QTRY_VERIFY(!chat.isLoadingEarlier());
        chat.loadEarlier();
        QTRY_VERIFY(!chat.hasEarlier());
        QCOMPARE(chat.messages().rowCount(), 2 * Conversation::PageSize + 11);
        QCOMPARE(chat.messages().at(0).text, u"1"_s);
    }

    void whatIsSaidIsAcknowledgedAndHeard()
    {
        start();
        const auto ann = inChat(u"ann"_s);
        const auto bea = inChat(u"bea"_s);
        QVERIFY(ann && bea);
        QVERIFY(ann->current()->say(u"  hello "_s));
        QCOMPARE(texts(*ann->current()), QStringList{u"hello"_s});
        QCOMPARE(ann->current()->messages().at(0).delivery, Delivery::Waiting);
        QTRY_COMPARE(ann->current()->messages().at(0).delivery, Delivery::Sent);
        QTRY_COMPARE(texts(*bea->current()), QStringList{u"hello"_s});
        QCOMPARE(bea->current()->messages().at(0).from, u"ann"_s);
        QCOMPARE(texts(*ann->current()), QStringList{u"hello"_s});
    }

    void aRefusedMessageShowsTheServersReasonAndCanBeTakenBack()
    {
        Hooks hooks;
        hooks.beforeEach = [](EventMessage &message, const Room &, ConnectedClient *) -> Result<void> {
            if (message.event == u"message" && message.data.toObject().value(u"text").toString() == u"spam")
                return Error{ErrorCode::EventBlocked, u"We do not say that here"_s};
            return {};
        };
        start(serverConfig(), hooks);
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        Conversation &chat = *ann->current();
        QVERIFY(chat.say(u"spam"_s));
        QTRY_COMPARE(chat.messages().at(0).delivery, Delivery::Refused);
        QCOMPARE(chat.messages().at(0).reason, u"We do not say that here"_s);
        QCOMPARE(chat.takeBack(0), u"spam"_s);
        QCOMPARE(chat.messages().rowCount(), 0);
    }

    void aLostConnectionIsToldAndWhatWasSaidMeanwhileGoesOut()
    {
        start();
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        m_proxy->setAccepting(false);
        m_proxy->cutAll();
        QTRY_COMPARE(ann->status().phase(), Phase::Reconnecting);
        QCOMPARE(ann->current()->state(), State::Away);
        QVERIFY2(ann->status().text().startsWith(u"Connection lost."_s), qPrintable(ann->status().text()));
        QVERIFY(ann->current()->say(u"from the tunnel"_s));
        QCOMPARE(ann->current()->messages().at(0).delivery, Delivery::Waiting);
        serverSays(u"missed"_s);

        m_proxy->setAccepting(true);
        QTRY_COMPARE(ann->status().phase(), Phase::Connected);
        QTRY_COMPARE(texts(*ann->current()), (QStringList{u"missed"_s, u"from the tunnel"_s}));
        QTRY_COMPARE(ann->current()->messages().at(1).delivery, Delivery::Sent);
        QCOMPARE(ann->current()->state(), State::Joined);
    }

    void aServerBegunAnewLeavesALineThatSaysSo()
    {
        start();
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        serverSays(u"before"_s);
        QTRY_COMPARE(ann->current()->messages().rowCount(), 1);
        ServerConfig again = serverConfig();
        again.port = m_server->port();
        m_server.reset();
        QTRY_COMPARE(ann->status().phase(), Phase::Reconnecting);
        m_server = std::make_unique<Dialogue>(again);
        QVERIFY(m_server->start());
        QTRY_COMPARE(texts(*ann->current()), (QStringList{u"before"_s, u"-"_s}));
        serverSays(u"after"_s);
        QTRY_COMPARE(texts(*ann->current()), (QStringList{u"before"_s, u"-"_s, u"after"_s}));
    }

    void aGapThatTheHistoryDoesNotSpanStays()
    {
        ServerConfig config = serverConfig();
        config.history.recoveryEvents = 1;
        config.rooms[0].events[0].history.limit = 3; // and the log keeps no more than that
        start(config);
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        serverSays(u"0"_s);
        QTRY_COMPARE(ann->current()->messages().rowCount(), 1);
        QSignalSpy gaps(&ann->client(), &DialogueClient::gap);
        m_proxy->setAccepting(false);
        m_proxy->cutAll();
        QTRY_COMPARE(ann->status().phase(), Phase::Reconnecting);
        for (int i = 1; i <= 6; ++i)
            serverSays(QString::number(i));
        m_proxy->setAccepting(true);
        QTRY_COMPARE(gaps.count(), 1);
        QTRY_COMPARE(texts(*ann->current()), (QStringList{u"0"_s, u"-"_s, u"4"_s, u"5"_s, u"6"_s}));
    }

    void tellsWhoIsTyping()
    {
        start();
        const auto ann = inChat(u"ann"_s);
        const auto bea = inChat(u"bea"_s);
        QVERIFY(ann && bea);
        // Whether the room carries it, the server says after the join.
        QTRY_VERIFY((bea->current()->wrote(true), ann->current()->typing().text() == u"bea is typing…"));
        QCOMPARE(bea->current()->typing().text(), QString());
        bea->current()->wrote(false);
        QTRY_COMPARE(ann->current()->typing().text(), QString());
    }

    void aRoomThatCarriesNoMessagesIsForListening()
    {
        ServerConfig config = serverConfig();
        config.rooms.append(
            RoomConfig{.id = u"news"_s,
                       .name = u"News"_s,
                       .events = {defineEvent(u"announcement"_s, {}, {.enabled = true, .limit = 5})},
                       .defaultSubscriptions = {u"*"_s},
                       .syncHistoryOnJoin = 1});
        start(config);
        QVERIFY(m_server
                    ->trigger(u"news"_s, u"announcement"_s,
                              QJsonObject{{u"title"_s, u"Released"_s}, {u"body"_s, u"At last."_s}})
                    .result());
        const auto ann = signIn(u"ann"_s);
        ann->open(u"news"_s);
        QTRY_VERIFY(!ann->current()->carriesMessages());
        QTRY_COMPARE(texts(*ann->current()), QStringList{u"Released\nAt last."_s});
        QSignalSpy errors(&ann->client(), &DialogueClient::errorOccurred);
        ann->current()->wrote(true); // and not a word of it to the server
        QVERIFY(errors.isEmpty());
    }

    void countsWhatIsUnreadInOtherRooms()
    {
        start();
        const auto ann = inChat(u"ann"_s);
        QVERIFY(ann);
        ann->open(u"lab"_s);
        QTRY_COMPARE(ann->current()->state(), State::Joined);
        serverSays(u"psst"_s);
        QTRY_COMPARE(ann->rooms().unread(), 1);
        ann->open(u"chat"_s);
        QCOMPARE(ann->rooms().unread(), 0);
    }

    void aRoomThatIsDeletedSaysSo()
    {
        start();
        const auto ann = signIn(u"ann"_s);
        ann->createRoom(u"Team Lunch!"_s);
        QTRY_VERIFY(ann->current() && ann->current()->state() == State::Joined);
        QCOMPARE(ann->current()->roomId(), u"team-lunch"_s);
        QVERIFY(m_server->deleteRoom(u"team-lunch"_s));
        QTRY_COMPARE(ann->current()->state(), State::Out);
        QVERIFY(!ann->current()->problem().isEmpty());
        QVERIFY(!ann->current()->say(u"anybody?"_s));
        QTRY_VERIFY(!ann->rooms().find(u"team-lunch"_s));
    }

    void aRoomThatDoesNotLetUsInSaysWhy()
    {
        Hooks hooks;
        hooks.beforeJoin = [](ConnectedClient &, const Room &) -> Result<void> {
            return Error{ErrorCode::JoinDenied, u"Members only"_s};
        };
        start(serverConfig(), hooks);
        const auto ann = signIn(u"ann"_s);
        ann->open(u"chat"_s);
        QTRY_COMPARE(ann->current()->state(), State::Out);
        QCOMPARE(ann->current()->problem(), u"Members only"_s);
    }

    void aServerThatRefusesUsIsNotTriedAgain()
    {
        Hooks hooks;
        hooks.authenticate = [](const ConnectRequest &) -> Result<Identity> {
            return Error{ErrorCode::Unauthorized, u"Who are you?"_s};
        };
        start(serverConfig(), hooks);
        const auto ann = signIn(u"ann"_s);
        QTRY_COMPARE(ann->status().phase(), Phase::Failed);
        QVERIFY2(ann->status().detail().contains(u"Who are you?"_s), qPrintable(ann->status().detail()));
    }
};

DIALOGUE_TEST(TestChatSession, QCoreApplication)
#include "tst_chatsession.moc"
