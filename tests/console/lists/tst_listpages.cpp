#include "consoleserver.h"
#include "ownsettings.h"
#include "testclasses.h"
#include "testclient.h"
#include "widgets.h"

#include "console/lists/auditpage.h"
#include "console/lists/clientspage.h"
#include "console/lists/listpane.h"
#include "console/lists/roomspage.h"
#include "console/model/sortedtablemodel.h"

#include <QApplication>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/** Of rooms, of clients, and of the audit log: pages in front of a server. */
class TestListPages : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

    /** The one of the page, or of a part of it. */
    static ListTable &table(const QWidget &page)
    {
        static const QStringList OfPages{u"rooms"_s, u"clients"_s, u"audit"_s};
        for (const QString &name : OfPages) {
            if (auto *const own = page.findChild<ListTable *>(name))
                return *own;
        }
        return *page.findChild<ListTable *>();
    }
    /** Shows it, and has it ask more often than people need. */
    static void open(QWidget &page)
    {
        const QList<ListPane *> lists = page.findChildren<ListPane *>();
        for (ListPane *const each : lists)
            each->feed().setPause(20ms);
        page.show();
    }
    static int rows(const QWidget &page) { return table(page).model()->rowCount(); }
    static QString cell(const QWidget &page, int row, int column)
    {
        return table(page).model()->index(row, column).data().toString();
    }
    static void enter(TestClient &client)
    {
        QVERIFY(client.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
    }
    static QList<RoomConfig> three()
    {
        return {ConsoleServer::chatRoom(),
                {.id = u"news"_s, .name = u"The News"_s},
                {.id = u"quiet"_s, .name = u"Quiet"_s}};
    }

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void theRoomsAreThereWithWhoIsInThem()
    {
        ConsoleServer server(three());
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        enter(ada);
        Entered owner(server);
        RoomsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        QCOMPARE(cell(page, 0, RoomListModel::Id), u"chat"_s); // The largest first.
        QCOMPARE(cell(page, 0, RoomListModel::Size), u"1"_s);
        QTRY_VERIFY(says(page, u"3 in all"_s));
        QVERIFY(says(page, u"No room is selected"_s));
    }

    void whatIsToBeSeenChangesAsItHappens()
    {
        ConsoleServer server(three());
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        Entered owner(server);
        RoomsPage rooms(owner.connection);
        rooms.findChild<ListPane *>()->feed().setPause(1h); // But for the first time nobody asks.
        rooms.show();
        QTRY_COMPARE(TestListPages::rows(rooms), 3);
        enter(ada);
        QTRY_COMPARE(cell(rooms, 0, RoomListModel::Size), u"1"_s);
        QCOMPARE(cell(rooms, 0, RoomListModel::Id), u"chat"_s);
        QVERIFY(server->trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"hello"_s}}).result());
        QTRY_VERIFY(cell(rooms, 0, RoomListModel::Events).toDouble() > 0);
        QTRY_COMPARE(cell(rooms, 0, RoomListModel::Events).toDouble(), 0.0);
        QVERIFY(server->deleteRoom(u"news"_s));
        QTRY_COMPARE(TestListPages::rows(rooms), 2);
        rooms.hide();

        ClientsPage clients(owner.connection);
        clients.findChild<ListPane *>()->feed().setPause(1h);
        clients.show();
        QTRY_COMPARE(TestListPages::rows(clients), 1);
        QVERIFY(ada.ask(u"dialogue:leave"_s, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
        QTRY_COMPARE(cell(clients, 0, ClientListModel::Rooms), u"0"_s);
        ada.close();
        QTRY_COMPARE(TestListPages::rows(clients), 0);
        // Who is not looked at is not watched.
        clients.hide();
        QTRY_COMPARE(server->counters().admin.watches, 0);
    }

    void theAuditLogFollows()
    {
        ConsoleServer server(three());
        Entered owner(server);
        AuditPage page(owner.connection);
        page.findChild<ListPane *>()->feed().setPause(1h);
        page.show();
        QTRY_VERIFY(says(page, u"Nobody has done anything yet"_s));
        QTRY_COMPARE(server->counters().admin.watches, 1);
        owner.connection.ask(QLatin1String("admin:do"),
                             {{u"id"_s, u"1"_s},
                              {u"action"_s, u"deleteRoom"_s},
                              {u"args"_s, QJsonObject{{u"roomId"_s, u"news"_s}}}},
                             &page, [](const Result<QJsonObject> &) {});
        QTRY_COMPARE(rows(page), 2); // It was begun, and has ended.
    }

    void aSearchIsTheServers()
    {
        ConsoleServer server(three());
        Entered owner(server);
        RoomsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        QLineEdit *const line = lineOf(page, u"Search rooms"_s);
        line->setText(u"news"_s);
        QTRY_COMPARE(rows(page), 1);
        line->setText(u"nowhere"_s);
        QTRY_VERIFY(says(page, u"Nothing found"_s));
        line->clear();
        QTRY_COMPARE(rows(page), 3);
    }

    void theRoomThatIsSelectedIsThereInFull()
    {
        ConsoleServer server(three());
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        enter(ada);
        Entered owner(server);
        RoomsPage page(owner.connection);
        open(page);
        page.go({Place::Page::Rooms, u"chat"_s});
        QTRY_VERIFY(says(page, u"What people say."_s));
        QVERIFY(says(page, u"1 of 50 at most"_s));
        auto *const tabs = page.findChild<QTabWidget *>();
        tabs->setCurrentIndex(1);
        QVERIFY(tabs->currentWidget()->findChild<QPlainTextEdit *>()->toPlainText().contains(u"minLength"_s));
        tabs->setCurrentIndex(2);
        QTRY_COMPARE(rows(*tabs->currentWidget()), 1);
        QCOMPARE(cell(*tabs->currentWidget(), 0, ClientListModel::User), u"ada"_s);
        QSignalSpy wanted(&page, &Page::wanted);
        Q_EMIT table(*tabs->currentWidget()).rowActivated(table(*tabs->currentWidget()).model()->index(0, 0));
        QCOMPARE(wanted.first().first().value<Place>().page, Place::Page::Clients);
    }

    void aRoomThatIsDeletedIsToldToBeGone()
    {
        ConsoleServer server(three());
        Entered owner(server);
        RoomsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        page.go({Place::Page::Rooms, u"news"_s});
        QTRY_VERIFY(says(page, u"from offset"_s));
        QVERIFY(server->deleteRoom(u"news"_s));
        QTRY_VERIFY(says(page, u"This room is gone"_s) || says(page, u"No room is selected"_s));
        QTRY_COMPARE(rows(page), 2);
    }

    void onlyWhatTheAccountMayDoIsOffered_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<bool>("triggers");
        QTest::addColumn<bool>("deletes");
        QTest::newRow("viewer") << u"viewer"_s << false << false;
        QTest::newRow("inspector") << u"inspector"_s << false << false;
        QTest::newRow("operator") << u"operator"_s << true << false;
        QTest::newRow("owner") << u"owner"_s << true << true;
    }
    void onlyWhatTheAccountMayDoIsOffered()
    {
        QFETCH(QString, role);
        QFETCH(bool, triggers);
        QFETCH(bool, deletes);
        ConsoleServer server(three());
        Entered someone(server, role);
        RoomsPage page(someone.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        QVERIFY(!actionOf(page, u"Trigger an event…"_s)->isEnabled()); // Where?
        table(page).selectRow(0);
        QCOMPARE(actionOf(page, u"Trigger an event…"_s)->isEnabled(), triggers);
        QCOMPARE(actionOf(page, u"Delete…"_s)->isEnabled(), deletes);
        QVERIFY(actionOf(page, u"Watch its events"_s)->isEnabled());
        table(page).selectAll();
        QVERIFY(!actionOf(page, u"Trigger an event…"_s)->isEnabled()); // Where of them?
        QCOMPARE(actionOf(page, u"Delete…"_s)->isEnabled(), deletes);
    }

    void leadsToTheEventsOfARoom()
    {
        ConsoleServer server(three());
        Entered owner(server);
        RoomsPage page(owner.connection);
        QSignalSpy wanted(&page, &Page::wanted);
        QSignalSpy trigger(&page, &RoomsPage::triggerWanted);
        open(page);
        page.go({Place::Page::Rooms, u"news"_s});
        QTRY_VERIFY(actionOf(page, u"Watch its events"_s)->isEnabled());
        actionOf(page, u"Watch its events"_s)->trigger();
        QCOMPARE(wanted.first().first().value<Place>(), (Place{Place::Page::Events, u"news"_s}));
        actionOf(page, u"Trigger an event…"_s)->trigger();
        QCOMPARE(trigger.first().first().toString(), u"news"_s);
    }

    void theClientsAreThereAndOneOfThemInFull()
    {
        ConsoleServer server(three());
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        TestClient ben(server.port(), {{u"userId"_s, u"ben"_s}});
        enter(ada);
        enter(ben);
        Entered owner(server);
        ClientsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 2);
        const QString id = server->clients(u"ben"_s).first()->id();
        page.go({Place::Page::Clients, id});
        QTRY_VERIFY(says(page, u"ben (as it says itself)"_s));
        QVERIFY(actionOf(page, u"Disconnect…"_s)->isEnabled());
        ben.close();
        QTRY_COMPARE(rows(page), 1);
    }

    void aViewerSeesPseudonyms()
    {
        ConsoleServer server(three());
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        enter(ada);
        Entered viewer(server, u"viewer"_s);
        ClientsPage page(viewer.connection);
        open(page);
        QTRY_COMPARE(rows(page), 1);
        QVERIFY(!cell(page, 0, ClientListModel::User).contains(u"ada"_s));
        table(page).selectRow(0);
        QVERIFY(!actionOf(page, u"Disconnect…"_s)->isEnabled());
    }

    void theSlowestAreAnotherList()
    {
        ConsoleServer server(three());
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        enter(ada);
        Entered owner(server);
        ClientsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 1);
        page.go({Place::Page::Clients, {}});
        QCOMPARE(page.findChild<QComboBox *>()->currentData().toString(), u"slowest"_s);
        QTRY_VERIFY(says(page, u"in all"_s));
    }

    void theAuditLogIsForOwners()
    {
        ConsoleServer server(three());
        Entered owner(server);
        AuditPage page(owner.connection);
        open(page);
        QTRY_VERIFY(says(page, u"Nobody has done anything yet"_s));
        bool isDone = false;
        owner.connection.ask("admin:do"_L1,
                             {{u"id"_s, u"1"_s},
                              {u"action"_s, u"deleteRoom"_s},
                              {u"args"_s, QJsonObject{{u"roomId"_s, u"news"_s}}},
                              {u"reason"_s, u"old"_s}},
                             this, [&](const Result<QJsonObject> &reply) { isDone = bool(reply); });
        QTRY_VERIFY(isDone);
        QTRY_COMPARE(rows(page), 2);
        QCOMPARE(cell(page, 0, AuditModel::Outcome), u"Done"_s); // The newest first.
        table(page).selectRow(1);
        QVERIFY(page.findChild<QPlainTextEdit *>()->toPlainText().contains(u"Reason: old"_s));
        Entered viewer(server, u"viewer"_s);
        AuditPage refused(viewer.connection);
        open(refused);
        QVERIFY(says(refused, u"Not for this account"_s));
    }

    void whatIsLostWithTheConnectionStaysInSight()
    {
        auto server = std::make_unique<ConsoleServer>(three());
        const quint16 port = server->port();
        Entered owner(*server);
        RoomsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        server.reset();
        QTRY_VERIFY(says(page, u"As it was when the connection was lost"_s));
        QCOMPARE(rows(page), 3);
        server = std::make_unique<ConsoleServer>(QList{ConsoleServer::chatRoom()}, port);
        QTRY_COMPARE(rows(page), 1);
    }

    void theColumnsAreKept()
    {
        ConsoleServer server(three());
        Entered owner(server);
        {
            RoomsPage page(owner.connection);
            QVERIFY(!table(page).isColumnHidden(RoomListModel::Name));
            table(page).setColumnHidden(RoomListModel::Name, true);
        }
        RoomsPage again(owner.connection);
        QVERIFY(table(again).isColumnHidden(RoomListModel::Name));
    }
};

DIALOGUE_TEST(TestListPages, QApplication)
#include "tst_listpages.moc"
