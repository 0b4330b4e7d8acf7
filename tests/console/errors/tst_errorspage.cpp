#include "consoleserver.h"
#include "ownsettings.h"
#include "testclasses.h"
#include "testclient.h"
#include "widgets.h"

#include "console/errors/errorspage.h"
#include "console/errors/tallymodel.h"
#include "console/look/listtable.h"

#include <QApplication>
#include <QComboBox>
#include <QSettings>
#include <QSignalSpy>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/** What clients are refused, and who is near a limit: the page in front of a server. */
class TestErrorsPage : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

    static ListTable &table(const QWidget &page, const QString &name)
    {
        return *page.findChild<ListTable *>(name);
    }
    static int rows(const QWidget &page, const QString &name)
    {
        return table(page, name).model()->rowCount();
    }
    static QString cell(const QWidget &page, const QString &name, int row, int column)
    {
        return table(page, name).model()->index(row, column).data().toString();
    }
    static void refuse(TestClient &client, const QString &room)
    {
        QVERIFY(!client.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, room}})[u"ok"_s].toBool());
    }

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void whatWasRefusedBeforeAndWhatIsRefusedNow()
    {
        ConsoleServer server;
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        refuse(ada, u"nowhere"_s);
        Entered owner(server);
        ErrorsPage page(owner.connection);
        page.show();
        QTRY_COMPARE(rows(page, u"refusals"_s), 1);
        refuse(ada, u"elsewhere"_s);
        QTRY_COMPARE(rows(page, u"refusals"_s), 2);
        QCOMPARE(cell(page, u"refusals"_s, 0, RefusalModel::Code), u"ROOM_NOT_FOUND"_s);
        QCOMPARE(cell(page, u"refusals"_s, 0, RefusalModel::Room), u"elsewhere"_s); // The newest first.
        QTRY_COMPARE(cell(page, u"refusalCodes"_s, 0, TallyModel::LastMinute), u"2"_s);
        QCOMPARE(cell(page, u"refusalUsers"_s, 0, TallyModel::Kind), u"ada"_s);
        QVERIFY(cell(page, u"refusalRequests"_s, 0, TallyModel::Kind).startsWith(u"dialogue:join"));
        QTRY_VERIFY(says(page, u"2 shown of 2"_s));
        QVERIFY(says(page, u"Nobody is near a limit"_s));
        // What is told again counts once.
        QSignalSpy listed(&page.refusalFeed(), &RefusalFeed::listed);
        page.hide();
        page.show();
        QTRY_COMPARE(listed.size(), 1);
        QCOMPARE(rows(page, u"refusals"_s), 2);
        QCOMPARE(cell(page, u"refusalCodes"_s, 0, TallyModel::All), u"2"_s);
    }

    void oneLeadsToItsClientOrItsRoom()
    {
        ConsoleServer server;
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        const QString id = ada.waitFor(u"dialogue:connected"_s).payload[u"clientId"_s].toString();
        refuse(ada, u"nowhere"_s);
        Entered owner(server);
        ErrorsPage page(owner.connection);
        page.show();
        QTRY_COMPARE(rows(page, u"refusals"_s), 1);
        QVERIFY(!actionOf(page, u"Go to the client"_s)->isEnabled());
        table(page, u"refusals"_s).selectRow(0);
        QSignalSpy wanted(&page, &Page::wanted);
        Q_EMIT table(page, u"refusals"_s).rowActivated(table(page, u"refusals"_s).model()->index(0, 0));
        QCOMPARE(wanted[0][0].value<Place>(), (Place{Place::Page::Clients, id}));
        actionOf(page, u"Go to the room"_s)->trigger();
        QCOMPARE(wanted[1][0].value<Place>(), (Place{Place::Page::Rooms, u"nowhere"_s}));
    }

    void aCodeNarrowsTheList()
    {
        ConsoleServer server;
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        refuse(ada, u"nowhere"_s);
        QVERIFY(!ada.ask(u"dialogue:unheard-of"_s, QJsonObject())[u"ok"_s].toBool());
        Entered owner(server);
        ErrorsPage page(owner.connection);
        page.show();
        QTRY_COMPARE(rows(page, u"refusals"_s), 2);
        QTRY_COMPARE(rows(page, u"refusalCodes"_s), 2);
        auto *const code = page.findChild<QComboBox *>();
        QCOMPARE(code->count(), 3);
        code->setCurrentText(u"ROOM_NOT_FOUND"_s);
        QCOMPARE(rows(page, u"refusals"_s), 1);
        lineOf(page, u"Search refusals"_s)->setText(u"somebody else"_s);
        QVERIFY(says(page, u"Nothing found"_s));
        actionOf(page, u"Show all refusals"_s)->trigger();
        QCOMPARE(rows(page, u"refusals"_s), 2);
        const QModelIndex first = table(page, u"refusalCodes"_s).model()->index(0, 0);
        Q_EMIT table(page, u"refusalCodes"_s).rowActivated(first);
        QCOMPARE(page.refusals().code(), first.data().toString());
    }

    void aFullRoomIsNearItsLimit()
    {
        ConsoleServer server({{.id = u"small"_s, .name = u"Small"_s, .maxSize = 2}});
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        QVERIFY(ada.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"small"_s}})[u"ok"_s].toBool());
        Entered owner(server);
        QVERIFY(owner.connection.hello().sendQueue > 0);
        ErrorsPage page(owner.connection);
        page.limitsFeed().setPause(20ms);
        page.show();
        QTRY_COMPARE(rows(page, u"limits"_s), 1);
        QCOMPARE(cell(page, u"limits"_s, 0, LimitsModel::Who), u"Small"_s);
        QCOMPARE(cell(page, u"limits"_s, 0, LimitsModel::Used), u"1 of 2"_s);
        QSignalSpy wanted(&page, &Page::wanted);
        Q_EMIT table(page, u"limits"_s).rowActivated(table(page, u"limits"_s).model()->index(0, 0));
        QCOMPARE(wanted[0][0].value<Place>(), (Place{Place::Page::Rooms, u"small"_s}));
        ada.close();
        QTRY_COMPARE(rows(page, u"limits"_s), 0);
    }

    void aViewerSeesPseudonymsAndAnotherRunBeginsAnew()
    {
        auto server = std::make_unique<ConsoleServer>();
        const quint16 port = server->port();
        auto ada = std::make_unique<TestClient>(port, QJsonObject{{u"userId"_s, u"ada"_s}});
        refuse(*ada, u"nowhere"_s);
        Entered viewer(*server, u"viewer"_s);
        ErrorsPage page(viewer.connection);
        page.show();
        QTRY_COMPARE(rows(page, u"refusals"_s), 1);
        QVERIFY(cell(page, u"refusals"_s, 0, RefusalModel::User) != u"ada");
        ada.reset();
        server.reset();
        QTRY_VERIFY(!viewer.connection.isIn());
        server = std::make_unique<ConsoleServer>(QList<RoomConfig>{ConsoleServer::chatRoom()}, port);
        QTRY_VERIFY_WITH_TIMEOUT(viewer.connection.isIn(), 20'000);
        QTRY_COMPARE(rows(page, u"refusals"_s), 0);
        QTRY_VERIFY(says(page, u"Nothing was refused"_s));
    }
};

DIALOGUE_TEST(TestErrorsPage, QApplication)
#include "tst_errorspage.moc"
