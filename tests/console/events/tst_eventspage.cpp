#include "console/details/differencesview.h"
#include "console/details/eventdetails.h"
#include "console/details/eventfacts.h"
#include "console/details/jsontreeview.h"
#include "console/events/eventcommands.h"
#include "console/events/eventspage.h"
#include "console/events/eventstatus.h"
#include "console/events/eventtable.h"
#include "console/events/narrowbar.h"
#include "console/events/searchbar.h"
#include "watchedserver.h"

#include "testclasses.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** The page of live events, against a server. */
class TestEventsPage : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

    /** A page that has come in. */
    struct Open
    {
        explicit Open(const QString &account)
            : connection(server.as(account))
            , page(connection)
        {
            page.resize(1100, 800);
            page.show();
            connection.open();
        }
        [[nodiscard]] QString labels() const
        {
            QString all;
            for (const QLabel *const label : page.findChildren<QLabel *>()) {
                if (label->isVisibleTo(&page))
                    all += label->text() + u'\n';
            }
            return all;
        }
        [[nodiscard]] QPushButton *button(const QString &text) const
        {
            for (QPushButton *const each : page.findChildren<QPushButton *>()) {
                if (each->text() == text)
                    return each;
            }
            return nullptr;
        }
        [[nodiscard]] QCheckBox *box(const QString &text) const
        {
            for (QCheckBox *const each : page.findChildren<QCheckBox *>()) {
                if (each->text() == text)
                    return each;
            }
            return nullptr;
        }
        void start(const EventScope &scope)
        {
            page.scope().setScope(scope);
            page.scope().apply();
        }
        [[nodiscard]] bool isOn() const { return labels().contains(u"\u25cf Watching"_s); }

        WatchedServer server;
        AdminConnection connection;
        EventsPage page;
    };

private Q_SLOTS:
    void watchesNothingUntilItIsAskedTo();
    void showsWhatIsPublished();
    void goesToARoom();
    void goesToARoomOnceItIsIn();
    void aWrongFilterIsToldWithItsColumn();
    void theServersRefusalIsShown();
    void aViewerSeesNoPayloads();
    void aLossIsARow();
    void aPauseFillsBehind();
    void showsSomeOfThem();
    void aPlaceBecomesAColumnAndAFilter();
    void twoThatAreSelectedAreCompared();
    void keysAreThoseOfWhereOneIs();
    void copiesAndExports();
    void anotherOneLikeItIsTriggeredElsewhere();
    void knowsTheSchemasOfItsRooms();
    void everyCommandHasAText();
    void everythingThatTakesKeysHasAName();
};

void TestEventsPage::watchesNothingUntilItIsAskedTo()
{
    Open open(u"owner"_s);
    QVERIFY(open.labels().contains(u"No connection"_s));
    QVERIFY(!open.button(u"Start"_s)->isEnabled());
    QTRY_VERIFY(open.connection.isIn());
    QVERIFY(open.labels().contains(u"Nothing is watched"_s));
    open.server.bid(1);
    open.button(u"Start"_s)->click();
    QTRY_VERIFY(open.isOn());
    QVERIFY(open.labels().contains(u"Nothing has come yet"_s));
    QCOMPARE(open.page.model().rowCount(), 0);
    open.button(u"Stop"_s)->click();
    QVERIFY(!open.isOn());
    QVERIFY(!open.button(u"Stop"_s)->isEnabled());
    QVERIFY(open.button(u"Start"_s)->isEnabled());
}

void TestEventsPage::showsWhatIsPublished()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({.rooms = {u"auction"_s}, .filter = u"data.price > 10"_s, .payload = true});
    QTRY_VERIFY(open.isOn());
    for (const int price : {5, 20, 7, 30})
        open.server.bid(price);
    open.server.publish(u"lobby"_s, u"message"_s, {{u"price"_s, 100}});
    QTRY_COMPARE(open.page.shown().rowCount(), 2);
    QCOMPARE(open.page.shown().index(1, 0).data(DataRole).toByteArray(), R"({"price":30})");
    QVERIFY(open.labels().contains(u"2 rows"_s));
    QVERIFY(open.labels().contains(u"written to the audit log"_s));
    // Another scope is applied to the same watch.
    QVERIFY(!open.button(u"Apply"_s)->isEnabled());
    open.start({.rooms = {u"lobby"_s}});
    QTRY_VERIFY(!open.button(u"Apply"_s)->isEnabled());
    QTRY_VERIFY([&] {
        open.server.publish(u"lobby"_s, u"message"_s, {});
        QCoreApplication::processEvents();
        return open.page.shown().rowCount() > 2;
    }());
    const int last = open.page.shown().rowCount() - 1;
    QVERIFY(open.page.shown().index(last, 0).data(DataRole).toByteArray().isEmpty());
}

void TestEventsPage::goesToARoom()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.page.scope().setScope({.events = {u"x"_s}, .filter = u"key"_s, .payload = true});
    open.page.go({Place::Page::Events, u"lobby"_s});
    QTRY_VERIFY(open.isOn());
    QCOMPARE(open.page.scope().scope(), (EventScope{.rooms = {u"lobby"_s}, .payload = true}));
    open.server.bid(1);
    open.server.publish(u"lobby"_s, u"message"_s, {});
    QTRY_COMPARE(open.page.shown().rowCount(), 1);
    open.page.go({Place::Page::Events, u"auction"_s});
    QCOMPARE(open.page.scope().scope().rooms, QStringList{u"auction"_s});
    QVERIFY(open.isOn());
}

void TestEventsPage::goesToARoomOnceItIsIn()
{
    Open open(u"owner"_s);
    open.page.go({Place::Page::Events, u"lobby"_s});
    QVERIFY(open.labels().contains(u"Waiting for the server"_s));
    QTRY_VERIFY(open.isOn());
}

void TestEventsPage::aWrongFilterIsToldWithItsColumn()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.page.scope().filter().setText(u"event = \"bid\""_s);
    QVERIFY(open.labels().contains(u"column 7: found"_s));
    QVERIFY(!open.button(u"Start"_s)->isEnabled());
    open.page.scope().apply();
    QVERIFY(!open.button(u"Stop"_s)->isEnabled());
    open.page.scope().filter().setText(u"event == \"bid\""_s);
    QVERIFY(!open.labels().contains(u"column"_s));
    QVERIFY(open.button(u"Start"_s)->isEnabled());
}

void TestEventsPage::theServersRefusalIsShown()
{
    Open open(u"viewer"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.page.scope().filter().setText(u"data.price > 10"_s);
    QVERIFY(open.labels().contains(u"lacks the permission"_s));
    open.page.scope().apply();
    QTRY_VERIFY(open.labels().contains(u"\u2715 The role 'viewer'"_s));
    QVERIFY(!open.isOn());
    QVERIFY(open.labels().contains(u"Nothing is watched"_s));
    open.start({});
    QTRY_VERIFY(open.isOn());
    QVERIFY(!open.labels().contains(u"\u2715"_s));
}

void TestEventsPage::aViewerSeesNoPayloads()
{
    Open open(u"viewer"_s);
    QTRY_VERIFY(open.connection.isIn());
    QCheckBox &payload = *open.box(u"&What they say"_s);
    QVERIFY(!payload.isEnabled());
    QVERIFY(payload.toolTip().contains(u"seePayloads"_s));
    open.start({.payload = true, .unredacted = true});
    QVERIFY(!open.page.scope().scope().payload);
    QTRY_VERIFY(open.isOn());
    open.server.bid(5);
    QTRY_COMPARE(open.page.shown().rowCount(), 1);
    QVERIFY(open.page.table().goTo(0));
    QTRY_VERIFY(open.labels().contains(u"What it says is not here"_s));
}

void TestEventsPage::aLossIsARow()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({.payload = true});
    QTRY_VERIFY(open.isOn());
    open.server.bid(1);
    QTRY_COMPARE(open.page.shown().rowCount(), 1);
    open.server->stop();
    QTRY_VERIFY(open.labels().contains(u"The connection is lost"_s));
    WatchedServer again(quint16(open.connection.config().url.port()));
    QTRY_VERIFY_WITH_TIMEOUT(open.isOn(), 20'000);
    again.bid(2);
    QTRY_COMPARE(open.page.shown().rowCount(), 3);
    QCOMPARE(open.page.shown().index(1, 0).data(GapReasonRole).toInt(), int(GapReason::Connection));
    QCOMPARE(open.page.shown().index(2, 0).data(DataRole).toByteArray(), R"({"price":2})");
    QVERIFY(open.page.table().goTo(1));
    QTRY_VERIFY(open.labels().contains(gapText(GapReason::Connection, 0)));
}

void TestEventsPage::aPauseFillsBehind()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({});
    QTRY_VERIFY(open.isOn());
    open.server.bid(1);
    QTRY_COMPARE(open.page.shown().rowCount(), 1);
    open.page.commands()[EventCommands::Pause].trigger();
    open.server.bid(2);
    open.server.bid(3);
    QTRY_VERIFY(open.labels().contains(u"filling behind: 2 new"_s));
    QCOMPARE(open.page.shown().rowCount(), 1);
    open.button(u"Resume"_s)->click();
    QCOMPARE(open.page.shown().rowCount(), 3);
    QVERIFY(!open.page.commands()[EventCommands::Pause].isChecked());
    open.page.commands()[EventCommands::Clear].trigger();
    QCOMPARE(open.page.shown().rowCount(), 0);
}

void TestEventsPage::showsSomeOfThem()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({.payload = true});
    QTRY_VERIFY(open.isOn());
    for (int price = 0; price < 20; ++price)
        open.server.bid(price);
    QTRY_COMPARE(open.page.shown().rowCount(), 20);
    auto &narrow = *open.page.findChild<NarrowBar *>();
    narrow.edit().setText(u"17"_s);
    QTRY_COMPARE(open.page.shown().rowCount(), 1);
    QTRY_VERIFY(open.labels().contains(u"1 of 20 rows"_s));
    narrow.setFilter(u"data.price >= 15"_s);
    QTRY_COMPARE(open.page.shown().rowCount(), 5);
    narrow.edit().setText(u"data.price >="_s);
    QVERIFY(open.labels().contains(u"column"_s));
    narrow.setFilter(u"data.price > 100"_s);
    QTRY_VERIFY(open.labels().contains(u"None of the events here is like that"_s));
    open.button(u"Show all"_s)->click();
    QTRY_COMPARE(open.page.shown().rowCount(), 20);
}

void TestEventsPage::aPlaceBecomesAColumnAndAFilter()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({.payload = true});
    QTRY_VERIFY(open.isOn());
    open.server.bid(1);
    open.server.bid(2);
    open.server.bid(2);
    QTRY_COMPARE(open.page.shown().rowCount(), 3);
    QVERIFY(open.page.table().goTo(1));
    auto &tree = *open.page.findChild<JsonTreeView *>();
    tree.setCurrentIndex(tree.jsonModel().indexAt(u"/price"_s));
    for (QAction *const action : tree.actions()) {
        if (action->text() == u"Show as column" || action->text() == u"Filter by this")
            action->trigger();
    }
    QCOMPARE(open.page.shown().headerData(int(EventColumn::Count), Qt::Horizontal, Qt::DisplayRole),
             QVariant(u"/price"_s));
    QTRY_COMPARE(open.page.shown().rowCount(), 2);
    QCOMPARE(open.page.shown().index(0, int(EventColumn::Count)).data(), QVariant(2LL));
}

void TestEventsPage::twoThatAreSelectedAreCompared()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({.payload = true});
    QTRY_VERIFY(open.isOn());
    for (const int price : {1, 2, 3})
        open.server.bid(price);
    QTRY_COMPARE(open.page.shown().rowCount(), 3);
    open.page.findChild<QTabWidget *>()->setCurrentIndex(3);
    const auto &differences = open.page.findChild<DifferencesView *>()->model();
    const auto both = [&] {
        return differences.index(0, DifferencesModel::Before).data().toString() + u'>'
            + differences.index(0, DifferencesModel::After).data().toString();
    };
    QVERIFY(open.page.table().goTo(2));
    QCOMPARE(both(), u"2>3"_s);
    open.page.table().selection().select(open.page.shown().index(0, 0),
                                         QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    QCOMPARE(both(), u"1>3"_s);
    QVERIFY(open.page.table().goTo(0));
    QVERIFY(open.labels().contains(u"Nothing to compare with"_s));
}

void TestEventsPage::keysAreThoseOfWhereOneIs()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({.payload = true});
    QTRY_VERIFY(open.isOn());
    open.server.bid(4711);
    QTRY_COMPARE(open.page.shown().rowCount(), 1);
    open.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&open.page));
    QVERIFY(open.page.table().goTo(0));
    open.page.table().setFocus();
    QTest::keyClick(&open.page.table(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"event\":\"bid\""_s));
    auto &tree = *open.page.findChild<JsonTreeView *>();
    tree.setCurrentIndex(tree.jsonModel().indexAt(u"/price"_s));
    tree.setFocus();
    QTest::keyClick(&tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"4711"_s);
    QTest::keyClick(&tree, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(open.page.findChild<SearchBar *>()->isVisible());
}

void TestEventsPage::anotherOneLikeItIsTriggeredElsewhere()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    QSignalSpy wanted(&open.page, &EventsPage::triggerWanted);
    open.page.commands()[EventCommands::TriggerAgain].trigger();
    QCOMPARE(wanted.size(), 0); // Like what?
    open.start({.payload = true});
    QTRY_VERIFY(open.isOn());
    open.server.bid(7);
    QTRY_COMPARE(open.page.shown().rowCount(), 1);
    QVERIFY(open.page.table().goTo(0));
    open.page.commands()[EventCommands::TriggerAgain].trigger();
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!wanted.first().at(0).toString().isEmpty());
    QCOMPARE(wanted.first().at(1).toString(), u"bid"_s);
    QCOMPARE(wanted.first().at(2).toJsonValue()[u"price"_s], QJsonValue(7));
}

void TestEventsPage::copiesAndExports()
{
    const QTemporaryDir folder;
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    open.start({.payload = true});
    QTRY_VERIFY(open.isOn());
    for (int price = 0; price < 5; ++price)
        open.server.bid(price);
    QTRY_COMPARE(open.page.shown().rowCount(), 5);
    QVERIFY(open.page.table().goTo(1));
    QTest::keyClick(&open.page.table(), Qt::Key_Down, Qt::ShiftModifier);
    open.page.commands()[EventCommands::Copy].trigger();
    const QString copied = QGuiApplication::clipboard()->text();
    QCOMPARE(copied.count(u'\n'), 2);
    QVERIFY(copied.contains(u"\"data\":{\"price\":2}"_s));
    const auto written = [&](const QString &name, ExportFormat format, bool selectionAlone) {
        const QString path = folder.filePath(name);
        open.page.exportTo(path, format, selectionAlone);
        if (!QTest::qWaitFor([&] { return QFile::exists(path); }))
            return QByteArray();
        QFile file(path);
        const bool isOpen = file.open(QIODevice::ReadOnly);
        return isOpen && QTest::qWaitFor([&] { return open.labels().contains(u"rows written to"_s); })
            ? file.readAll()
            : QByteArray();
    };
    QCOMPARE(written(u"all.ndjson"_s, ExportFormat::Ndjson, false).count('\n'), 5);
    QCOMPARE(written(u"two.csv"_s, ExportFormat::Csv, true).count('\n'), 3);
}

void TestEventsPage::knowsTheSchemasOfItsRooms()
{
    Open open(u"owner"_s);
    QTRY_VERIFY(open.connection.isIn());
    EventVocabulary vocabulary(open.connection);
    vocabulary.askFor({u"auction"_s, u"none"_s, u"lob*"_s});
    QTRY_VERIFY(vocabulary.schemaOf(u"auction"_s, u"bid"_s));
    QVERIFY(!vocabulary.schemaOf(u"auction"_s, u"ask"_s));
    QCOMPARE(vocabulary.vocabulary().rooms, QStringList{u"auction"_s});
    QCOMPARE(vocabulary.vocabulary().events, (QStringList{u"bid"_s, u"ask"_s}));
    const auto suggestions = completions(u"data.", 5, vocabulary.vocabulary());
    QStringList members;
    for (const FilterSuggestion &each : suggestions)
        members.append(each.text);
    QVERIFY(members.contains(u"price"_s));
}

void TestEventsPage::everyCommandHasAText()
{
    Open open(u"owner"_s);
    QCOMPARE(open.page.actions().size(), int(EventCommands::CommandCount));
    QList<QKeySequence> keys;
    for (const QAction *const action : open.page.actions()) {
        QVERIFY(!action->text().isEmpty());
        if (action->shortcut().isEmpty())
            continue;
        QVERIFY2(!keys.contains(action->shortcut()), qPrintable(action->text()));
        keys.append(action->shortcut());
    }
}

void TestEventsPage::everythingThatTakesKeysHasAName()
{
    Open open(u"owner"_s);
    for (const QWidget *const widget : open.page.findChildren<QWidget *>()) {
        const bool isOurs = !widget->objectName().startsWith(u"qt_"_s)
            && !qobject_cast<const QAbstractButton *>(widget) && !widget->inherits("QTabBar")
            && !widget->inherits("QHeaderView") && !widget->inherits("QComboBoxListView");
        if (isOurs && (widget->focusPolicy() & Qt::TabFocus) && !widget->isWindow())
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
}

DIALOGUE_TEST(TestEventsPage, QApplication)
#include "tst_eventspage.moc"
