#include "consoleserver.h"
#include "ownsettings.h"
#include "testclasses.h"
#include "testclient.h"
#include "widgets.h"

#include "console/why/timelineview.h"
#include "console/why/verdictcard.h"
#include "console/why/verdictwords.h"
#include "console/why/whydialog.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QSignalSpy>
#include <QTableView>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Why somebody did not get an event, and what became of him: in front of a server. */
class TestWhyDialog : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

    static void enter(TestClient &client)
    {
        QVERIFY(client.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
    }
    static WhyQuestion about(qint64 offset)
    {
        return {.room = u"chat"_s, .event = u"message"_s, .offset = offset, .time = 1'767'225'600'000};
    }
    static void say(ConsoleServer &server)
    {
        QVERIFY(server->trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"hello"_s}}).result());
    }
    static void askAbout(WhyDialog &dialog, const QString &name)
    {
        lineOf(dialog, u"Who did not get it"_s)->setText(name);
        buttonOf(dialog, u"Ask"_s)->click();
    }

private Q_SLOTS:
    void whoIsMeantIsAskedForAndTheVerdictShown()
    {
        ConsoleServer server;
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        enter(ada);
        say(server);
        Entered owner(server);
        WhyDialog dialog(owner.connection, about(1));
        dialog.show();
        QVERIFY(says(dialog, u"Who did not get it?"_s));
        QVERIFY(!buttonOf(dialog, u"Ask"_s)->isEnabled());
        QTRY_COMPARE(lineOf(dialog, u"Who did not get it"_s)->completer()->model()->rowCount(), 1);
        askAbout(dialog, u"ada"_s);
        QTRY_VERIFY(says(dialog, u"Sent"_s));
        QVERIFY(says(dialog, u"there are no receipts"_s));
        QSignalSpy wanted(&dialog, &WhyDialog::wanted);
        buttonOf(dialog, u"What became of this client"_s)->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<Place>().id, server->clients(u"ada"_s)[0]->id());
        askAbout(dialog, u"nobody"_s);
        QTRY_VERIFY(says(dialog, u"Not connected"_s) || says(dialog, u"Not known"_s));
        QCOMPARE(dialog.findChildren<VerdictCard *>().size(), 1);
    }

    void whatTheServerCannotSayIsToldAsItIs()
    {
        ConsoleServer server;
        Entered owner(server);
        WhyDialog dialog(owner.connection, about(9));
        dialog.show();
        askAbout(dialog, u"ada"_s);
        QTRY_VERIFY(says(dialog, u"The server cannot say"_s));
        QVERIFY(says(dialog, u"The room's last event is 0"_s));
    }

    void whoSeesNoUsersAsksAboutClients()
    {
        ConsoleServer server;
        Entered viewer(server, u"viewer"_s);
        WhyDialog dialog(viewer.connection, about(1));
        QComboBox *const kind = dialog.findChild<QComboBox *>();
        QCOMPARE(kind->count(), 1);
        QCOMPARE(kind->currentData().toString(), u"client"_s);
    }

    void everyVerdictHasWords()
    {
        for (const char *const name :
             {"REFUSED", "NOT_CONNECTED", "NOT_IN_ROOM", "JOINED_AFTER", "LEFT_BEFORE", "NOT_SUBSCRIBED",
              "EXCLUDED", "DROPPED_SLOW", "REPLACED", "CLOSED_FIRST", "QUEUED", "WRITTEN", "UNKNOWN"}) {
            const VerdictWords words = verdictWords(QString::fromLatin1(name));
            QVERIFY2(words.title != QString::fromLatin1(name) && !words.hint.isEmpty(), name);
        }
        QCOMPARE(verdictWords(u"NEWER\nONE"_s).title, u"NEWER\\u000aONE"_s);
        const auto fields = evidenceFields({{u"bytesAhead"_s, 2048}, {u"by"_s, 7}, {u"unheardOf"_s, 1}});
        QCOMPARE(fields.size(), 2);
        QCOMPARE(fields[0].value, u"7"_s);
        QCOMPARE(fields[1].value, u"2 KiB"_s);
    }

    void aTimelineGoesOnAfterItsClientHasLeft()
    {
        ConsoleServer server;
        Entered owner(server);
        auto ada = std::make_unique<TestClient>(server.port(), QJsonObject{{u"userId"_s, u"ada"_s}});
        enter(*ada);
        (void)ada->ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"none"_s}});
        TimelineView view(owner.connection);
        view.setClient(server->clients(u"ada"_s)[0]->id());
        view.show();
        const QTableView &table = *view.findChild<QTableView *>();
        const QAbstractItemModelTester tester(table.model());
        QTRY_COMPARE(table.model()->rowCount(), 3);
        const auto cell
            = [&](int row, int column) { return table.model()->index(row, column).data().toString(); };
        QCOMPARE(cell(0, TimelineModel::What), u"Refused"_s); // The last first.
        QVERIFY(cell(0, TimelineModel::Details).startsWith(u"dialogue:join: ROOM_NOT_FOUND"_s));
        QCOMPARE(cell(1, TimelineModel::What), u"Joined"_s);
        QCOMPARE(cell(1, TimelineModel::Room), u"chat"_s);
        QVERIFY(view.findChild<QCheckBox *>()->isEnabled());
        ada.reset();
        QTRY_COMPARE(table.model()->rowCount(), 5);
        QCOMPARE(cell(1, TimelineModel::What), u"Disconnected"_s);
        QVERIFY(!view.findChild<QCheckBox *>()->isEnabled());
        view.setClient(u"never there"_s);
        QTRY_VERIFY(says(view, u"Nothing is remembered of this client"_s));
    }

    void aTraceTellsWhenEachEventWasSent()
    {
        ConsoleServer server;
        Entered owner(server);
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        enter(ada);
        TimelineView view(owner.connection);
        view.setClient(server->clients(u"ada"_s)[0]->id());
        view.show();
        QTRY_VERIFY(view.findChild<QCheckBox *>()->isEnabled());
        view.findChild<QCheckBox *>()->setChecked(true);
        QTRY_COMPARE(server->counters().admin.traced, 1);
        say(server);
        const QTableView &table = *view.findChild<QTableView *>();
        QTRY_COMPARE(table.model()->index(0, TimelineModel::What).data().toString(), u"Sent"_s);
        view.findChild<QCheckBox *>()->setChecked(false);
        QTRY_COMPARE(server->counters().admin.traced, 0);
    }
};

DIALOGUE_TEST(TestWhyDialog, QApplication)
#include "tst_whydialog.moc"
