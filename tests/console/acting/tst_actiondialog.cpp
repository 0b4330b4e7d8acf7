#include "consoleserver.h"
#include "testclasses.h"
#include "testclient.h"
#include "widgets.h"

#include "console/acting/actiondialog.h"
#include "console/acting/fieldeditors.h"

#include <QApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

class TestActionDialog : public QObject
{
    Q_OBJECT

    /** Whatever the catalogue offers, with something in its fields. */
    static QList<ActionSpec> allActions(const QString &client)
    {
        const ActionCatalogue::Client ada{.id = client, .name = u"ada"_s, .user = u"ada"_s};
        using C = ActionCatalogue;
        return {C::disconnectClients({ada}),
                C::kick(u"chat"_s, {ada}),
                C::join({ada}),
                C::disconnectUsers({u"ada"_s}),
                C::ban({u"ada"_s}),
                C::mute({u"ada"_s}, u"chat"_s),
                C::liftBan(),
                C::liftMute(),
                C::lift(u"liftBan"_s, {{u"ada"_s, u"chat"_s, u"ada"_s}}),
                C::sendToUsers({u"ada"_s}),
                C::createRoom(),
                C::updateRoom(u"chat"_s, u"Chat"_s, {}, 9),
                C::deleteRooms({u"chat"_s}),
                C::broadcastToRooms({u"chat"_s}),
                C::broadcast(),
                C::drain()};
    }

private Q_SLOTS:
    void everyActionIsOneOfTheServers()
    {
        ConsoleServer server;
        Entered owner(server);
        TestClient ada(server.port(), {{u"userId"_s, u"ada"_s}});
        QVERIFY(ada.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
        const QString id = server->clients(u"ada"_s).first()->id();
        const QHash<QString, QString> filled{
            {u"roomId"_s, u"chat"_s},      {u"userId"_s, u"ada"_s},  {u"event"_s, u"news"_s},
            {u"data"_s, u"{\"a\": 1}"_s},  {u"name"_s, u"A name"_s}, {u"reason"_s, u"why"_s},
            {u"description"_s, u"what"_s}, {u"maxSize"_s, u"12"_s},  {u"id"_s, u"new"_s}};
        const QList<ActionSpec> all = allActions(id);
        for (ActionSpec spec : all) {
            QVERIFY2(owner.connection.hello().canDo(spec.action), qPrintable(spec.action));
            QVERIFY(!spec.title.isEmpty() && !spec.verb.isEmpty());
            QVERIFY2(!spec.targets.isEmpty(), qPrintable(spec.action));
            for (ActionField &field : spec.fields)
                field.value = filled.value(field.name);
            ActionDialog dialog(owner.connection, spec, {});
            dialog.show();
            QVERIFY2(QTest::qWaitFor([&] { return says(dialog, u"It would reach"_s); }),
                     qPrintable(spec.action));
        }
    }

    void aPhraseIsTypedBeforeAnythingIsDone()
    {
        ConsoleServer server;
        Entered owner(server);
        ActionDialog dialog(owner.connection, ActionCatalogue::deleteRooms({u"chat"_s}), u"Live"_s);
        dialog.show();
        QVERIFY(!buttonOf(dialog, u"Delete"_s)->isEnabled());
        QLineEdit *const typed = dialog.findChildren<QLineEdit *>().last();
        QTest::keyClicks(typed, u"live"_s);
        QVERIFY(!buttonOf(dialog, u"Delete"_s)->isEnabled());
        typed->setText(u"Live"_s);
        QVERIFY(buttonOf(dialog, u"Delete"_s)->isEnabled());
        buttonOf(dialog, u"Delete"_s)->click();
        QTRY_VERIFY(!dialog.isVisible());
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QVERIFY(!server->room(u"chat"_s));
    }

    void returnDoesNotDoWhatIsSevere()
    {
        ConsoleServer server;
        Entered owner(server);
        ActionDialog dialog(owner.connection, ActionCatalogue::deleteRooms({u"chat"_s}), {});
        dialog.show();
        QTest::keyClick(&dialog, Qt::Key_Return);
        QTRY_VERIFY(!dialog.isVisible());
        QCOMPARE(dialog.result(), int(QDialog::Rejected));
        QVERIFY(server->room(u"chat"_s));
    }

    void aFieldThatIsWrongIsTold_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("told");
        QTest::newRow("left out") << u"name"_s << QString() << u"name: is required"_s;
        QTest::newRow("no number") << u"maxSize"_s << u"-3"_s << u"maxSize: must be a whole number"_s;
        QTest::newRow("said by the server") << u"id"_s << u"chat"_s << u"chat"_s;
    }
    void aFieldThatIsWrongIsTold()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, told);
        ConsoleServer server;
        Entered owner(server);
        ActionSpec spec = ActionCatalogue::createRoom();
        for (ActionField &each : spec.fields)
            each.value = each.name == field ? value : each.name == u"name" ? u"A room"_s : QString();
        ActionDialog dialog(owner.connection, spec, {});
        dialog.show();
        buttonOf(dialog, u"Create"_s)->click();
        QTRY_VERIFY(says(dialog, told));
        QVERIFY(dialog.isVisible());
        QVERIFY(buttonOf(dialog, u"Create"_s)->isEnabled());
    }

    void whatBecameOfEachIsTold()
    {
        ConsoleServer server;
        Entered owner(server);
        ActionDialog dialog(owner.connection, ActionCatalogue::deleteRooms({u"chat"_s, u"nowhere"_s}), {});
        dialog.show();
        buttonOf(dialog, u"Delete"_s)->click();
        QTRY_VERIFY(says(dialog, u"Done: 1. Failed: 1."_s));
        const auto *const list = dialog.findChild<QListWidget *>();
        QCOMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().startsWith(u"nowhere: "_s));
        QVERIFY(buttonOf(dialog, u"Close"_s));
        QVERIFY(!buttonOf(dialog, u"Delete"_s));
    }

    void theReasonStandsInTheAuditLog()
    {
        ConsoleServer server;
        Entered owner(server);
        ActionDialog dialog(owner.connection, ActionCatalogue::deleteRooms({u"chat"_s}), {});
        dialog.show();
        lineOf(dialog, u"for the audit log"_s)->setText(u"no longer used"_s);
        buttonOf(dialog, u"Delete"_s)->click();
        QTRY_VERIFY(!dialog.isVisible());
        QString rows;
        owner.connection.ask("admin:list"_L1, {{u"what"_s, u"audit"_s}}, this,
                             [&](const Result<QJsonObject> &reply) {
                                 rows = QString::fromUtf8(QJsonDocument(*reply).toJson());
                             });
        QTRY_VERIFY(rows.contains(u"no longer used"_s));
    }

    void jsonThatIsNoneIsToldWithItsPlace()
    {
        FieldEditors editors({{.name = u"data"_s,
                               .label = u"Data"_s,
                               .kind = ActionField::Kind::Json,
                               .value = u"{\"a\": tru}"_s}});
        const Result<QJsonObject> wrong = editors.arguments();
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().path, u"data"_s);
        QVERIFY2(wrong.error().message.contains(u"character"_s), qPrintable(wrong.error().message));
        editors.findChild<QPlainTextEdit *>()->setPlainText(u" 7 "_s);
        QCOMPARE(editors.arguments()->value(u"data"_s), QJsonValue(7));
        editors.findChild<QPlainTextEdit *>()->setPlainText(u"1, 2"_s);
        QVERIFY(!editors.arguments());
        editors.findChild<QPlainTextEdit *>()->setPlainText(u"  "_s);
        QVERIFY(editors.arguments()->isEmpty());
    }
};

DIALOGUE_TEST(TestActionDialog, QApplication)
#include "tst_actiondialog.moc"
