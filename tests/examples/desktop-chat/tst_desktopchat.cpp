#include "model/chatsession.h"
#include "ui/mainwindow.h"
#include "ui/messagedelegate.h"
#include "ui/messageview.h"

#include "clientfixture.h"
#include "testclasses.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

using namespace chat;
using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using Delivery = Message::Delivery;

/** The window, used as a person uses it, against a real server. */
class TestDesktopChat : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<MainWindow> m_window;

    void startServer(quint16 port = 0)
    {
        ServerConfig config = serverConfig();
        config.port = port;
        config.rooms[0].presence = Presence::Users;
        m_server = std::make_unique<Dialogue>(config);
        QVERIFY(m_server->start());
    }
    /** The visible one: each room has its own. */
    template <class T>
    [[nodiscard]] T *find(const QString &name) const
    {
        for (T *const widget : m_window->findChildren<T *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void chooseTheChat()
    {
        auto *const rooms = find<QListView>(u"rooms"_s);
        QVERIFY(rooms);
        QTRY_COMPARE(rooms->model()->rowCount(), 2);
        QTest::mouseClick(rooms->viewport(), Qt::LeftButton, {},
                          rooms->visualRect(rooms->model()->index(0, 0)).center());
        QTRY_COMPARE(m_window->session()->current()->state(), Conversation::State::Joined);
    }
    void write(const QString &text) const
    {
        auto *const input = find<QPlainTextEdit>(u"input"_s);
        QTest::keyClicks(input, text);
        QTest::keyClick(input, Qt::Key_Return);
    }
    [[nodiscard]] MessageModel &messages() const { return m_window->session()->current()->messages(); }

private Q_SLOTS:
    void init()
    {
        startServer();
        m_window = std::make_unique<MainWindow>();
        m_window->show();
        m_window->suggest(m_server->url().toString(), {});
    }
    void cleanup()
    {
        m_window.reset();
        m_server.reset();
    }

    void asksForAServerAndAName()
    {
        auto *const signIn = find<QPushButton>(u"signIn"_s);
        QVERIFY(!signIn->isEnabled());
        QTest::keyClicks(find<QLineEdit>(u"name"_s), u"Ann"_s);
        QVERIFY(signIn->isEnabled());
        find<QLineEdit>(u"url"_s)->setText(u"ftp://example.org"_s);
        QVERIFY(!signIn->isEnabled());
        find<QLineEdit>(u"url"_s)->setText(m_server->url().toString());
        QTest::mouseClick(signIn, Qt::LeftButton);
        QVERIFY(m_window->session());
        QTRY_VERIFY(find<QLabel>(u"connection"_s)->text().startsWith(u"Connected"_s));
    }

    void aSuggestionThatIsNoneAsksOn()
    {
        m_window->suggest(u"no server at all"_s, u"Ann"_s);
        m_window->signInAsSuggested();
        QVERIFY(!m_window->session());
        m_window->suggest(m_server->url().toString(), u"Ann"_s);
        m_window->signInAsSuggested();
        QVERIFY(m_window->session());
    }

    void whatIsTooLongCannotBeSent()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        auto *const input = find<QPlainTextEdit>(u"input"_s);
        auto *const send = find<QPushButton>(u"send"_s);
        input->setPlainText(QString(1000, u'x'));
        QVERIFY(send->isEnabled());
        input->setPlainText(QString(1003, u'x'));
        QVERIFY(!send->isEnabled());
        QCOMPARE(find<QLabel>(u"excess"_s)->text(), u"3 too many"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(messages().rowCount(), 0);
        QCOMPARE(input->toPlainText().size(), 1003);
        input->setPlainText(
            QString(1000, u'x').replace(0, 1, u"👍"_s)); // A character is one, whatever it takes.
        QVERIFY(send->isEnabled());
        QVERIFY(!find<QLabel>(u"excess"_s));
    }

    void aRoomIsJoinedByChoosingItAndTalkedIn()
    {
        QVERIFY(m_server->trigger(u"chat"_s, u"message"_s, saying(u"earlier"_s)).result());
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        QTRY_COMPARE(messages().rowCount(), 1);
        QVERIFY(find<MessageView>(u"messages"_s));
        QCOMPARE(m_window->windowTitle(), u"Chat – Dialogue chat"_s);
        write(u"hello"_s);
        QCOMPARE(find<QPlainTextEdit>(u"input"_s)->toPlainText(), QString());
        QTRY_COMPARE(messages().rowCount(), 2);
        QTRY_COMPARE(messages().at(1).delivery, Delivery::Sent);
    }

    void whoIsInTheRoomIsSeen()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        QTRY_VERIFY(find<QListView>(u"people"_s));
        const QAbstractItemModel *const people = find<QListView>(u"people"_s)->model();
        QTRY_COMPARE(people->rowCount(), 1);
        DialogueClient bob(clientConfig(m_server->port(), u"Bob"_s));
        (void)bob.join(u"chat"_s);
        QTRY_COMPARE(people->rowCount(), 2);
        QCOMPARE(people->index(1, 0).data().toString(), u"Bob"_s);
        bob.disconnectFromServer();
        QTRY_COMPARE(people->rowCount(), 1);
        auto *const rooms = find<QListView>(u"rooms"_s);
        QTest::mouseClick(rooms->viewport(), Qt::LeftButton, {},
                          rooms->visualRect(rooms->model()->index(1, 0)).center());
        QTRY_VERIFY(!find<QListView>(u"people"_s)); // That room does not tell.
    }

    void anEmptyRoomInvitesToSaySomething()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        QTRY_VERIFY(find<QLabel>(u"empty"_s)->text().contains(u"Say something"_s));
        QVERIFY(!find<MessageView>(u"messages"_s));
    }

    void shiftEnterBeginsALine()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        auto *const input = find<QPlainTextEdit>(u"input"_s);
        const int height = input->height();
        QTest::keyClicks(input, u"one"_s);
        QTest::keyClick(input, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(input, u"two"_s);
        QCOMPARE(input->toPlainText(), u"one\ntwo"_s);
        QVERIFY(input->height() > height);
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(messages().rowCount(), 1);
        QCOMPARE(messages().at(0).text, u"one\ntwo"_s);
    }

    void showsThatTheServerWentAwayAndCameBack()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        const quint16 port = m_server->port();
        m_server.reset();
        auto *const connection = find<QLabel>(u"connection"_s);
        QTRY_VERIFY2(connection->text().startsWith(u"Connection lost."_s), qPrintable(connection->text()));
        write(u"still here"_s);
        QCOMPARE(messages().at(0).delivery, Delivery::Waiting);
        startServer(port);
        QTest::mouseClick(find<QPushButton>(u"connect"_s), Qt::LeftButton); // "Try now"
        QTRY_VERIFY2(connection->text().startsWith(u"Connected"_s), qPrintable(connection->text()));
        QTRY_COMPARE(messages().at(messages().rowCount() - 1).delivery, Delivery::Sent);
    }

    void aRefusedMessageShowsTheServersReasonAndComesBackToBeEdited()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        RoomConfig strict = serverConfig().rooms[0];
        strict.events[0] = defineEvent(u"message"_s, Schema::object({{"text", Schema::string().max(3)}}));
        QVERIFY(m_server->updateRoom(strict));
        write(u"too long"_s);
        QTRY_COMPARE(messages().rowCount(), 1);
        QTRY_COMPARE(messages().at(0).delivery, Delivery::Refused);
        auto *const view = find<MessageView>(u"messages"_s);
        const QModelIndex index = messages().index(0);
        QVERIFY(MessageLayout::noteText(index).contains(u"3 characters"_s));

        const MessageLayout layout(index, view->font(), view->viewport()->width(),
                                   [](const QString &text, const QFont &font, int) {
                                       const QFontMetrics metrics(font);
                                       return QSize(metrics.horizontalAdvance(text), metrics.height());
                                   });
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          view->visualRect(index).topLeft() + layout.again.center());
        QTRY_COMPARE(find<QPlainTextEdit>(u"input"_s)->toPlainText(), u"too long"_s);
        QCOMPARE(messages().rowCount(), 0);
    }

    void showsWhoIsTyping()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        ChatSession bea(clientConfig(m_server->port(), u"Bea"_s), u"Bea"_s);
        bea.open(u"chat"_s);
        QTRY_VERIFY((bea.current()->wrote(true), find<QLabel>(u"typing"_s)->text() == u"Bea is typing…"));
    }

    void messagesTakeMoreLinesWhereThereIsLessWidth()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        for (int i = 0; i < 2; ++i)
            QVERIFY(m_server->trigger(u"chat"_s, u"message"_s, saying(u"as wide as it gets "_s.repeated(9)))
                        .result());
        QTRY_COMPARE(messages().rowCount(), 2);
        auto *const view = find<MessageView>(u"messages"_s);
        const auto rect = [&](int row) { return view->visualRect(messages().index(row)); };
        QTRY_VERIFY(rect(0).height() > 0);
        const int before = rect(0).height();
        m_window->resize(m_window->width() * 3 / 5, m_window->height());
        QTRY_VERIFY(rect(0).height() > before);
        QTRY_VERIFY(rect(1).top() > rect(0).bottom());
    }

    void staysWhereItIsReadWhileOthersTalk()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        for (int i = 0; i < 50; ++i)
            QVERIFY(m_server->trigger(u"chat"_s, u"message"_s, saying(QString::number(i))).result());
        QTRY_COMPARE(messages().rowCount(), 50);
        auto *const view = find<MessageView>(u"messages"_s);
        // They are told who is there when they are in, and take of the width then.
        const auto *const people = find<QListView>(u"people"_s);
        QTRY_VERIFY(people->isVisible()
                    && view->mapToGlobal(QPoint(view->width(), 0)).x() <= people->mapToGlobal(QPoint()).x());
        QScrollBar &bar = *view->verticalScrollBar();
        QTRY_VERIFY(bar.maximum() > 0 && bar.value() == bar.maximum());
        bar.setValue(bar.maximum() / 2);
        const QModelIndex read = view->indexAt(view->viewport()->rect().center());
        const QRect place = view->visualRect(read);
        QVERIFY(m_server->trigger(u"chat"_s, u"message"_s, saying(u"news"_s)).result());
        QTRY_COMPARE(messages().rowCount(), 51);
        QTRY_VERIFY(bar.maximum() - bar.value() > place.height());
        QCOMPARE(view->visualRect(read), place);
        view->toEnd();
        QTRY_COMPARE(bar.value(), bar.maximum());
    }

    void signingOutGoesBackToTheBeginning()
    {
        m_window->signIn(m_server->url(), u"Ann"_s);
        chooseTheChat();
        m_window->signOut();
        QVERIFY(!m_window->session());
        QVERIFY(find<QPushButton>(u"signIn"_s));
    }
};

DIALOGUE_TEST(TestDesktopChat, QApplication)
#include "tst_desktopchat.moc"
