#include "consoleserver.h"
#include "ownsettings.h"
#include "testclasses.h"
#include "widgets.h"

#include "console/events/eventspage.h"
#include "console/lists/roomspage.h"
#include "console/look/appearance.h"
#include "console/look/listtable.h"
#include "console/look/tones.h"
#include "console/shell/connectionbar.h"
#include "console/shell/mainwindow.h"
#include "console/shell/passworddialog.h"
#include "console/shell/profiledialog.h"
#include "console/shell/serverview.h"
#include "console/trigger/triggerdialog.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QListWidget>
#include <QMenuBar>
#include <QScopeGuard>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

class TestMainWindow : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

    QTemporaryDir m_folder;
    std::unique_ptr<ProfileStore> m_store;
    std::unique_ptr<Secrets> m_secrets;

    static Profile profileOf(const ConsoleServer &server, const QString &role = u"owner"_s)
    {
        return {.id = u"one"_s, .name = u"Live"_s, .url = server.url(), .account = role};
    }
    /** Does \a what to the dialog of this type, as soon as it is there. */
    template <class Dialog, class What>
    static void whenAsked(What what)
    {
        auto *const timer = new QTimer(qApp);
        connect(timer, &QTimer::timeout, timer, [timer, what] {
            if (auto *const dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget())) {
                timer->deleteLater();
                what(*dialog);
            }
        });
        timer->start(5);
    }

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); // No keychain of whoever runs this.
        m_store = std::make_unique<ProfileStore>(
            m_folder.filePath(u"%1.json"_s.arg(QString::fromLatin1(QTest::currentTestFunction()))));
        m_secrets = std::make_unique<Secrets>();
    }

    void whoHasNoServerYetIsToldHow()
    {
        MainWindow window(*m_store, *m_secrets);
        window.show();
        QVERIFY(says(window, u"No server is known yet"_s));
        whenAsked<ProfileDialog>([](ProfileDialog &dialog) {
            dialog.accept(); // With nothing in it.
            QVERIFY(dialog.isVisible());
            QVERIFY(says(dialog, u"name: is required"_s));
            const QList<QLineEdit *> lines = dialog.findChildren<QLineEdit *>();
            lineOf(dialog, u"https://chat.example.org"_s)->setText(u"http://127.0.0.1:1"_s);
            dialog.focusWidget()->setFocus();
            qobject_cast<QLineEdit *>(dialog.focusWidget())->setText(u"Mine"_s); // The name was pointed at.
            dialog.accept();
            QVERIFY(says(dialog, u"account: is required"_s));
            qobject_cast<QLineEdit *>(dialog.focusWidget())->setText(u"ada"_s);
            dialog.accept();
        });
        buttonOf(window, u"New profile…"_s)->click();
        QCOMPARE(m_store->profiles().size(), 1);
        QCOMPARE(m_store->profiles().first().name, u"Mine"_s);
        QCOMPARE(window.findChild<QTreeWidget *>()->topLevelItem(0)->text(0), u"Mine"_s);
    }

    void asksForThePasswordAndComesIn()
    {
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        whenAsked<PasswordDialog>([](PasswordDialog &dialog) {
            QTest::keyClicks(dialog.findChild<QLineEdit *>(), QString::fromLatin1(ConsoleServer::Password));
            dialog.accept();
        });
        window.openServer(profileOf(server));
        QTRY_VERIFY(window.server());
        QTRY_VERIFY(window.server()->connection().isIn());
        QVERIFY(says(window, u"connected as owner (owner)"_s));
        QVERIFY(window.windowTitle().startsWith(u"Live: "_s));
        // It is known now.
        window.closeServer();
        QVERIFY(!window.server());
        window.openServer(profileOf(server));
        QTRY_VERIFY(window.server() && window.server()->connection().isIn());
    }

    void aWrongPasswordIsAskedForAgain()
    {
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        window.openServer(profileOf(server), u"a guess"_s);
        QTRY_VERIFY(says(window, u"There is no such account"_s));
        QTRY_VERIFY(buttonOf(window, u"Try again"_s));
        whenAsked<PasswordDialog>([](PasswordDialog &dialog) {
            dialog.findChild<QLineEdit *>()->setText(QString::fromLatin1(ConsoleServer::Password));
            dialog.accept();
        });
        buttonOf(window, u"Try again"_s)->click();
        QTRY_VERIFY(window.server()->connection().isIn());
        QVERIFY(!says(window, u"There is no such account"_s));
    }

    void aServerThatIsNotThereIsTold()
    {
        MainWindow window(*m_store, *m_secrets);
        window.show();
        window.openServer(
            {.id = u"x"_s, .name = u"X"_s, .url = QUrl(u"http://127.0.0.1:1"_s), .account = u"a"_s}, u"p"_s);
        QTRY_VERIFY(says(window, u"Nobody listens at http://127.0.0.1:1"_s));
        window.openServer(
            {.id = u"x"_s, .name = u"X"_s, .url = QUrl(u"http://127.0.0.1:1"_s), .tokenFile = u"/nowhere"_s});
        QTRY_VERIFY(says(window, u"/nowhere: "_s)); // And we are back with the servers.
        QVERIFY(!window.server());
    }

    void aClickLeadsToAnotherPage()
    {
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        window.openServer(profileOf(server), QString::fromLatin1(ConsoleServer::Password));
        QTRY_VERIFY(window.server()->connection().isIn());
        window.server()->go({Place::Page::Rooms, u"chat"_s});
        QVERIFY(qobject_cast<RoomsPage *>(&window.server()->currentPage()));
        QTRY_VERIFY(says(window, u"What people say."_s));
        const QList<Page *> pages = window.server()->pages();
        for (int i = 0; i < pages.size(); ++i) {
            QTest::keyClick(&window, Qt::Key(int(Qt::Key_1) + i), Qt::ControlModifier);
            QCOMPARE(&window.server()->currentPage(), pages[i]);
            QVERIFY(window.windowTitle().contains(pages[i]->windowTitle()));
        }
    }

    void anEventThatWasSeenIsTriggeredAgain()
    {
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        Profile live = profileOf(server);
        live.kind = Profile::Kind::Production;
        window.openServer(live, QString::fromLatin1(ConsoleServer::Password));
        QTRY_VERIFY(window.server()->connection().isIn());
        auto *const events = window.server()->findChild<EventsPage *>();
        Q_EMIT events->triggerWanted(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"again"_s}});
        auto *const dialog = window.server()->findChild<TriggerDialog *>();
        QVERIFY(dialog);
        QTRY_COMPARE(dialog->trigger().data, QJsonValue(QJsonObject{{u"text"_s, u"again"_s}}));
        QCOMPARE(dialog->trigger().event, u"message"_s);
        window.closeServer(); // It goes with the server.
        QTRY_VERIFY(!window.findChild<TriggerDialog *>());
    }

    void whatTheServerMayBeToldIsThatOfTheRole_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<bool>("stops");
        QTest::newRow("viewer") << u"viewer"_s << false;
        QTest::newRow("owner") << u"owner"_s << true;
    }
    void whatTheServerMayBeToldIsThatOfTheRole()
    {
        QFETCH(QString, role);
        QFETCH(bool, stops);
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        window.openServer(profileOf(server, role), QString::fromLatin1(ConsoleServer::Password));
        QTRY_VERIFY(window.server()->connection().isIn());
        const QMenu *const menu = window.menuBar()->actions().first()->menu();
        QCOMPARE(actionOf(*menu, u"&Stop the server…"_s)->isEnabled(), stops);
        window.closeServer();
        QVERIFY(!actionOf(*menu, u"&Stop the server…"_s)->isEnabled());
    }

    void everythingThatTakesTheFocusHasANameAndARole_data()
    {
        QTest::addColumn<int>("page");
        for (int i = 0; i < 8; ++i)
            QTest::newRow(qPrintable(QString::number(i))) << i;
    }
    void everythingThatTakesTheFocusHasANameAndARole()
    {
        QFETCH(int, page);
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        window.openServer(profileOf(server), QString::fromLatin1(ConsoleServer::Password));
        QTRY_VERIFY(window.server()->connection().isIn());
        if (page >= window.server()->pages().size())
            return; // The first ones are all there are.
        window.server()->showPage(page);
        QCoreApplication::processEvents();
        const QList<QWidget *> all = window.findChildren<QWidget *>();
        for (const QWidget *const each : all) {
            if (!each->isVisible() || each->focusPolicy() == Qt::NoFocus || each->focusProxy())
                continue;
            const QAccessibleInterface *const seen
                = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(each));
            QVERIFY(seen);
            const QByteArray what = QByteArray(each->metaObject()->className()) + " on "
                + window.server()->currentPage().windowTitle().toUtf8();
            QVERIFY2(!seen->text(QAccessible::Name).isEmpty() || each->inherits("QTabBar")
                         || each->inherits("QScrollArea"),
                     what.constData());
            QVERIFY2(seen->role() != QAccessible::NoRole, what.constData());
        }
    }

    void noKeysAreGivenTwiceOnAPage()
    {
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        window.openServer(profileOf(server), QString::fromLatin1(ConsoleServer::Password));
        QTRY_VERIFY(window.server()->connection().isIn());
        QStringList ofWindow;
        const QList<QAction *> menus = window.menuBar()->actions();
        for (const QAction *const menu : menus) {
            if (menu->text() == u"&Page"_s)
                continue;
            const QList<QAction *> actions = menu->menu()->actions();
            for (const QAction *const each : actions)
                ofWindow.append(each->shortcut().toString());
        }
        const QList<Page *> pages = window.server()->pages();
        for (const Page *const page : pages) {
            QStringList keys = ofWindow;
            const QList<QAction *> actions = page->actions();
            for (const QAction *const each : actions)
                keys.append(each->shortcut().toString());
            keys.removeAll(QString());
            QStringList once = keys;
            once.removeDuplicates();
            QCOMPARE(keys, once);
        }
    }

    void isMirroredWhereOneReadsFromTheRight()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        const auto restore = qScopeGuard([] { QApplication::setLayoutDirection(Qt::LeftToRight); });
        ConsoleServer server;
        MainWindow window(*m_store, *m_secrets);
        window.show();
        window.openServer(profileOf(server), QString::fromLatin1(ConsoleServer::Password));
        QTRY_VERIFY(window.server()->connection().isIn());
        const auto *const names = window.server()->findChild<QListWidget *>();
        const Page &page = window.server()->currentPage();
        QVERIFY(names->mapTo(&window, QPoint(0, 0)).x() > page.mapTo(&window, QPoint(0, 0)).x());
        QVERIFY(page.mapTo(&window, QPoint(page.width(), 0)).x() <= names->mapTo(&window, QPoint(0, 0)).x());
    }

    void lightAndDarkAreReadable_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::newRow("light") << int(Appearance::Light);
        QTest::newRow("dark") << int(Appearance::Dark);
    }
    void lightAndDarkAreReadable()
    {
        QFETCH(int, appearance);
        setAppearance(Appearance(appearance));
        const QPalette palette = QApplication::palette();
        QCOMPARE(isDark(palette), Appearance(appearance) == Appearance::Dark);
        using P = QPalette;
        const QList<std::pair<P::ColorRole, P::ColorRole>> pairs{
            {P::WindowText, P::Window},        {P::Text, P::Base},
            {P::Text, P::AlternateBase},       {P::ButtonText, P::Button},
            {P::ToolTipText, P::ToolTipBase},  {P::PlaceholderText, P::Base},
            {P::HighlightedText, P::Highlight}};
        for (const auto &[ink, paper] : pairs) {
            const double seen = contrast(palette.color(ink), palette.color(paper));
            QVERIFY2(seen >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(ink).arg(paper).arg(seen)));
        }
        for (const Tone tone : {Tone::Quiet, Tone::Good, Tone::Warning, Tone::Bad, Tone::Accent}) {
            for (const P::ColorRole paper : {P::Window, P::Base, P::AlternateBase})
                QVERIFY(contrast(toneColor(tone, palette), palette.color(paper)) >= 4.5);
        }
        QCOMPARE(keptAppearance(), Appearance(appearance));
    }

    void everyFailureIsToldWithWhatMayBeDone_data()
    {
        QTest::addColumn<ConnectionFailure>("failure");
        QTest::addColumn<QString>("told");
        using Kind = ConnectionFailure::Kind;
        QTest::newRow("no host") << ConnectionFailure(Kind::HostNotFound, u"x"_s) << u"There is no host"_s;
        QTest::newRow("nobody") << ConnectionFailure(Kind::Unreachable, u"x"_s) << u"Nobody listens"_s;
        QTest::newRow("a certificate") << ConnectionFailure(Kind::Tls, u"self-signed"_s) << u"fingerprint"_s;
        QTest::newRow("refused") << ConnectionFailure(Kind::Refused, u"wrong password"_s)
                                 << u"wrong password"_s;
        QTest::newRow("of a stranger's words")
            << ConnectionFailure(Kind::Refused, u"a\u202Eb"_s) << u"a\\u202eb"_s;
        QTest::newRow("anything else") << ConnectionFailure(Kind::TimedOut, u"too long"_s) << u"too long"_s;
    }
    void everyFailureIsToldWithWhatMayBeDone()
    {
        QFETCH(ConnectionFailure, failure);
        QFETCH(QString, told);
        const QString advice
            = ConnectionBar::adviceFor(failure, {.name = u"x"_s, .url = QUrl(u"http://host"_s)});
        QVERIFY2(advice.contains(told), qPrintable(advice));
    }
};

DIALOGUE_TEST(TestMainWindow, QApplication)
#include "tst_mainwindow.moc"
