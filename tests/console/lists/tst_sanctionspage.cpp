#include "consoleserver.h"
#include "looks.h"
#include "ownsettings.h"
#include "testclasses.h"
#include "widgets.h"

#include "console/acting/actiondialog.h"
#include "console/lists/listpane.h"
#include "console/lists/sanctionspage.h"

#include <QSettings>
#include <QTimer>
#include <QTranslator>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/** Bans and mutes: the page in front of a server. */
class TestSanctionsPage : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

    static ListTable &table(const QWidget &page) { return *page.findChild<ListTable *>(u"sanctions"_s); }
    static void open(QWidget &page)
    {
        page.findChild<ListPane *>()->feed().setPause(20ms);
        page.resize(1100, 500);
        page.show();
    }
    static int rows(const QWidget &page) { return table(page).model()->rowCount(); }
    static QString cell(const QWidget &page, int row, int column)
    {
        return table(page).model()->index(row, column).data().toString();
    }
    static QAction *lift(const QWidget &page) { return actionOf(page, u"Lift…"_s); }
    static void impose(ConsoleServer &server)
    {
        QVERIFY(server->ban(u"mallory"_s, {.duration = 24h, .reason = u"spam"_s, .by = u"mia"_s}));
        QVERIFY(server->mute(u"eve"_s, {.roomId = u"chat"_s}));
        QVERIFY(server->ban(u"trent"_s, {.roomId = u"chat"_s}));
    }
    /** Presses the button that does it, once the server has said whom it reaches. */
    static void confirm(QString *title = nullptr)
    {
        auto *const look = new QTimer(qApp);
        look->start(20ms);
        QObject::connect(look, &QTimer::timeout, look, [look, title] {
            auto *const dialog = qobject_cast<ActionDialog *>(QApplication::activeModalWidget());
            if (dialog == nullptr)
                return;
            if (title != nullptr)
                *title = dialog->windowTitle();
            if (QPushButton *const button = buttonOf(*dialog, u"Lift"_s); button && button->isEnabled())
                button->click();
            else if (QPushButton *const close = buttonOf(*dialog, u"Close"_s))
                close->click();
            else
                return;
            if (!dialog->isVisible())
                look->deleteLater();
        });
    }

private Q_SLOTS:
    void initTestCase_data() { looksTable(); }
    void init()
    {
        QSettings().clear();
        useLook();
    }

    void whoIsKeptAwayIsThereWithWhoWantedIt()
    {
        ConsoleServer server;
        impose(server);
        Entered owner(server);
        SanctionsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        using M = SanctionModel;
        QCOMPARE(cell(page, 0, M::User), u"eve"_s);
        QCOMPARE(cell(page, 0, M::Kind), u"Mute"_s);
        QCOMPARE(cell(page, 0, M::Room), u"chat"_s);
        QCOMPARE(cell(page, 0, M::Until), u"0"_s);
        QCOMPARE(cell(page, 0, M::By), u"The application"_s);
        QVERIFY(cell(page, 0, M::Since).toLongLong() > 0);
        QCOMPARE(cell(page, 1, M::Kind), u"Ban"_s);
        QCOMPARE(cell(page, 1, M::Room), u"everywhere"_s);
        QCOMPARE(cell(page, 1, M::By), u"mia"_s);
        QCOMPARE(cell(page, 1, M::Reason), u"spam"_s);
        // What has no end is the last of those that end.
        table(page).sortByColumn(M::Until, Qt::AscendingOrder);
        QCOMPARE(cell(page, 0, M::User), u"mallory"_s);
        page.findChild<ListPane *>()->search(u"MIA"_s);
        QTRY_COMPARE(rows(page), 1);
        page.findChild<ListPane *>()->search(u"nobody at all"_s);
        QTRY_VERIFY(says(page, u"No ban or mute has this text"_s));
    }

    void whatIsSelectedIsLifted()
    {
        ConsoleServer server;
        impose(server);
        Entered owner(server);
        SanctionsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        QVERIFY(!lift(page)->isEnabled());
        QVERIFY(says(page, u"Select what is to be lifted"_s));
        table(page).selectAll();
        QVERIFY(!lift(page)->isEnabled());
        QVERIFY(says(page, u"select one kind"_s));
        table(page).sortByColumn(SanctionModel::Kind, Qt::AscendingOrder);
        table(page).clearSelection();
        table(page).setSelectionMode(QAbstractItemView::MultiSelection);
        table(page).selectRow(0);
        table(page).selectRow(1);
        QVERIFY(lift(page)->isEnabled());
        QString title;
        confirm(&title);
        lift(page)->trigger();
        QCOMPARE(title, u"Lift bans"_s);
        QTRY_COMPARE(rows(page), 1);
        QCOMPARE(server->sanctions().size(), 1);
        table(page).selectRow(0);
        confirm(&title);
        lift(page)->trigger();
        QCOMPARE(title, u"Lift mutes"_s);
        QCOMPARE(server->sanctions().size(), 0);
        QTRY_VERIFY(says(page, u"Nobody is banned or muted"_s));
        QVERIFY(picture(page, u"sanctions-none"_s));
    }

    void whoMayNotLiftIsToldWhy()
    {
        ConsoleServer server;
        impose(server);
        Entered viewer(server, u"viewer"_s);
        SanctionsPage page(viewer.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        table(page).selectRow(0);
        QVERIFY(!lift(page)->isEnabled());
        QVERIFY(says(page, u"Lifting is for operators and owners; viewer comes in as viewer."_s));
        QVERIFY(lift(page)->toolTip().startsWith(u"Lifting is for"_s));
        QVERIFY(!cell(page, 0, SanctionModel::User).contains(u"eve"_s));
        QVERIFY(picture(page, u"sanctions-viewer"_s));
    }

    void isWholeInGerman()
    {
        QTranslator german;
        if (german.load(u":/translations/dialogue-console_de.qm"_s)) // Qt's lrelease may not be there.
            QCoreApplication::installTranslator(&german);
        ConsoleServer server;
        impose(server);
        Entered viewer(server, u"viewer"_s);
        SanctionsPage page(viewer.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        QVERIFY(picture(page, u"sanctions-german"_s));
    }

    void whatWasThereStaysInSightWithoutAConnection()
    {
        auto server = std::make_unique<ConsoleServer>();
        impose(*server);
        Entered owner(*server);
        SanctionsPage page(owner.connection);
        open(page);
        QTRY_COMPARE(rows(page), 3);
        table(page).selectRow(1);
        QVERIFY(lift(page)->isEnabled());
        QVERIFY(picture(page, u"sanctions"_s));
        server.reset();
        QTRY_VERIFY(says(page, u"As it was when the connection was lost"_s));
        QCOMPARE(rows(page), 3);
        QVERIFY(!lift(page)->isEnabled());
        QVERIFY(says(page, u"Not connected: nothing can be lifted now."_s));
        QVERIFY(picture(page, u"sanctions-lost"_s));
    }
};

DIALOGUE_TEST(TestSanctionsPage, QApplication)
#include "tst_sanctionspage.moc"
