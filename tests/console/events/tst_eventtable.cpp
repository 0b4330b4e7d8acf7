#include "console/events/eventdelegate.h"
#include "console/events/eventtable.h"
#include "console/events/rowlook.h"
#include "console/events/searchbar.h"
#include "console/model/eventmodel.h"
#include "tests/console/model/randomevents.h"

#include "testclasses.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestEventTable : public QObject
{
    Q_OBJECT

    /** A table with its model, as the page has it. */
    struct Shown
    {
        explicit Shown(const LogLimits &limits = {})
            : source(limits)
        {
            table.resize(600, 300);
            table.show();
        }
        void put(const EventBatch &batch)
        {
            source.append(batch);
            source.flush();
            QCoreApplication::processEvents();
        }
        [[nodiscard]] quint64 top() const { return model.seqAt(table.rowAt(0)); }
        [[nodiscard]] bool isAtBottom() const
        {
            const QScrollBar &bar = *table.verticalScrollBar();
            return bar.value() == bar.maximum();
        }

        RandomEvents events{1};
        EventModel source;
        FilteredEventModel model{source};
        RowLook look{source};
        EventTable table{model, look};
    };

private Q_SLOTS:
    void followsAtTheBottomAlone();
    void whatIsLookedAtStays();
    void whatIsLookedAtStaysWhereOlderOnesGo();
    void goesToWhatIsShown();
    void theCurrentOneComesBack();
    void selectsByKeys();
    void wordsItsCells();
    void findsAndCounts();
};

void TestEventTable::followsAtTheBottomAlone()
{
    Shown shown;
    QSignalSpy following(&shown.table, &EventTable::followingChanged);
    shown.put(shown.events.batch(200));
    QVERIFY(shown.table.isFollowing());
    QVERIFY(shown.isAtBottom());
    shown.put(shown.events.batch(50));
    QVERIFY(shown.isAtBottom());
    QCOMPARE(following.size(), 0);
    shown.table.verticalScrollBar()->setValue(20);
    QVERIFY(!shown.table.isFollowing());
    QCOMPARE(following.takeFirst().first(), QVariant(false));
    shown.put(shown.events.batch(50));
    QCOMPARE(shown.top(), 20U);
    shown.table.follow();
    QVERIFY(shown.isAtBottom());
    QCOMPARE(following.takeFirst().first(), QVariant(true));
    shown.put(shown.events.batch(50));
    QVERIFY(shown.isAtBottom());
    // By hand, too.
    shown.table.verticalScrollBar()->setValue(20);
    shown.table.verticalScrollBar()->setValue(shown.table.verticalScrollBar()->maximum());
    QVERIFY(shown.table.isFollowing());
}

void TestEventTable::whatIsLookedAtStays()
{
    Shown shown;
    shown.put(shown.events.batch(400));
    shown.table.verticalScrollBar()->setValue(100);
    QCOMPARE(shown.top(), 100U);
    const Result<Filter> bids = Filter::parse(u"event == \"bid\""_s);
    shown.model.setQuery({.filter = *bids});
    QTRY_VERIFY(!shown.model.isScanning());
    QCoreApplication::processEvents();
    QCOMPARE(shown.table.rowAt(0), shown.model.rowFrom(100));
    shown.model.setQuery({});
    QCoreApplication::processEvents();
    QCOMPARE(shown.top(), 100U);
}

void TestEventTable::whatIsLookedAtStaysWhereOlderOnesGo()
{
    Shown shown({.rows = 300, .segmentRows = 100});
    shown.put(shown.events.batch(350));
    shown.table.verticalScrollBar()->setValue(200);
    const quint64 top = shown.top();
    const quint64 first = shown.model.seqAt(0);
    shown.put(shown.events.batch(100));
    QVERIFY(shown.model.seqAt(0) > first);
    QCOMPARE(shown.top(), top);
}

void TestEventTable::goesToWhatIsShown()
{
    Shown shown;
    shown.put(shown.events.batch(300));
    QVERIFY(shown.table.goTo(40));
    QCOMPARE(shown.table.currentSeq(), 40U);
    QVERIFY(!shown.table.isFollowing());
    QCOMPARE(shown.table.selection().selected().count(), 1U);
    QVERIFY(
        shown.table.viewport()->rect().contains(shown.table.visualRect(shown.model.index(40, 0)).center()));
    QVERIFY(!shown.table.goTo(4000));
}

void TestEventTable::theCurrentOneComesBack()
{
    Shown shown;
    shown.put(shown.events.batch(300));
    QVERIFY(shown.table.goTo(40));
    const Result<Filter> none = Filter::parse(u"event == \"none\""_s);
    shown.model.setQuery({.filter = *none});
    QTRY_VERIFY(!shown.model.isScanning());
    QVERIFY(!shown.table.currentSeq());
    shown.model.setQuery({});
    QCOMPARE(shown.table.currentSeq(), 40U);
    QVERIFY(shown.table.selection().has(40));
}

void TestEventTable::selectsByKeys()
{
    Shown shown;
    shown.put(shown.events.batch(300));
    QVERIFY(shown.table.goTo(10));
    QTest::keyClick(&shown.table, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&shown.table, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(shown.table.selection().selected().ranges(), (QList<SeqRanges::Range>{{10, 13}}));
    QTest::keyClick(&shown.table, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(shown.table.selection().selected().ranges(), (QList<SeqRanges::Range>{{10, 12}}));
    QTest::keyClick(&shown.table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(shown.table.selection().selected().count(), 300U);
    QTest::keyClick(&shown.table, Qt::Key_Down);
    QCOMPARE(shown.table.selection().selected().count(), 1U);
}

void TestEventTable::wordsItsCells()
{
    QLocale::setDefault(QLocale::c());
    EventBatch batch{.names = {u"lob\nby"_s}, .payloads = R"({"n":null,"b":true,"t":"x"})"};
    batch.records.push_back({.time = 0, .offset = 12345, .room = 0, .length = 27, .flags = HasData});
    Shown shown;
    shown.source.addPointerColumn(u"/n"_s);
    shown.source.addPointerColumn(u"/b"_s);
    shown.source.addPointerColumn(u"/none"_s);
    shown.put(batch);
    const auto cell = [&](int column) { return EventDelegate::cellText(shown.model.index(0, column)); };
    QCOMPARE(cell(int(EventColumn::Room)), u"lob\\u000aby"_s);
    QCOMPARE(cell(int(EventColumn::Size)), u"27 B"_s);
    QVERIFY(cell(int(EventColumn::Offset)).contains(u"345"_s));
    QVERIFY(cell(int(EventColumn::Time)).endsWith(u":00.000"_s));
    QCOMPARE(cell(int(EventColumn::Count)), u"null"_s);
    QCOMPARE(cell(int(EventColumn::Count) + 1), u"true"_s);
    QCOMPARE(cell(int(EventColumn::Count) + 2), QString());
}

void TestEventTable::findsAndCounts()
{
    QLocale::setDefault(QLocale::c());
    EventBatch batch{.names = {u"ann"_s, u"bob"_s}};
    for (int i = 0; i < 30; ++i)
        batch.records.push_back({.from = i % 3 == 0 ? 0 : 1});
    Shown shown;
    SearchBar bar(shown.source);
    QObject::connect(&bar, &SearchBar::found, &shown.table, &EventTable::goTo);
    QObject::connect(&shown.table, &EventTable::currentEventChanged, &bar,
                     [&] { bar.setCurrent(shown.table.currentSeq()); });
    shown.put(batch);
    bar.open();
    QVERIFY(shown.table.goTo(1));
    bar.setText(u"ann"_s);
    QTRY_COMPARE(bar.status(), u"10 found"_s);
    bar.goNext();
    QCOMPARE(shown.table.currentSeq(), 3U);
    QCOMPARE(bar.status(), u"2 of 10"_s);
    bar.goNext();
    QCOMPARE(shown.table.currentSeq(), 6U);
    bar.goPrevious();
    bar.goPrevious();
    bar.goPrevious();
    QCOMPARE(shown.table.currentSeq(), 27U);
    QCOMPARE(bar.status(), u"10 of 10"_s);
    shown.put(batch);
    QTRY_COMPARE(bar.status(), u"10 of 20"_s);
    bar.setText(u"zoe"_s);
    QTRY_COMPARE(bar.status(), u"Nothing found"_s);
    bar.close();
    QVERIFY(bar.isHidden());
}

DIALOGUE_TEST(TestEventTable, QApplication)
#include "tst_eventtable.moc"
