#include "console/events/selectedlines.h"
#include "console/events/seqselection.h"
#include "console/model/eventmodel.h"
#include "console/model/filteredeventmodel.h"
#include "tests/console/model/randomevents.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestSeqSelection : public QObject
{
    Q_OBJECT

    using Range = SeqRanges::Range;
    static void select(SeqSelection &selection, int from, int to, QItemSelectionModel::SelectionFlags flags)
    {
        const QAbstractItemModel &model = *selection.model();
        selection.select(QItemSelection(model.index(from, 0), model.index(to, 0)),
                         flags | QItemSelectionModel::Rows);
    }

private Q_SLOTS:
    void holdsWhatIsSelected();
    void survivesThatRowsAreForgotten();
    void survivesThatOthersAreShown();
    void saysOfTheCurrentRowThatItIsSelected();
    void linesAreThoseThatAreShown();
    void tooManyLinesAreNone();
};

void TestSeqSelection::holdsWhatIsSelected()
{
    RandomEvents events(1);
    EventModel source;
    FilteredEventModel model(source);
    source.append(events.batch(50));
    source.flush();
    SeqSelection selection(model);
    QSignalSpy changed(&selection, &SeqSelection::changed);
    select(selection, 3, 5, QItemSelectionModel::ClearAndSelect);
    QCOMPARE(selection.selected().ranges(), (QList<Range>{{3, 6}}));
    select(selection, 8, 8, QItemSelectionModel::Toggle);
    select(selection, 4, 4, QItemSelectionModel::Toggle);
    QCOMPARE(selection.selected().ranges(), (QList<Range>{{3, 4}, {5, 6}, {8, 9}}));
    QVERIFY(selection.has(5));
    QVERIFY(!selection.has(4));
    // Shift, and then shift again further on.
    select(selection, 10, 12, QItemSelectionModel::SelectCurrent);
    select(selection, 10, 15, QItemSelectionModel::SelectCurrent);
    select(selection, 10, 11, QItemSelectionModel::SelectCurrent);
    QVERIFY(selection.has(11));
    QVERIFY(!selection.has(12));
    selection.clearSelection();
    select(selection, 0, 1, QItemSelectionModel::ClearAndSelect);
    QCOMPARE(selection.selected().count(), 2U);
    QVERIFY(changed.size() >= 7);
}

void TestSeqSelection::survivesThatRowsAreForgotten()
{
    RandomEvents events(2);
    EventModel source({.rows = 20, .segmentRows = 10});
    FilteredEventModel model(source);
    source.append(events.batch(30));
    source.flush();
    SeqSelection selection(model);
    const quint64 first = model.seqAt(0);
    select(selection, 5, 15, QItemSelectionModel::ClearAndSelect);
    source.append(events.batch(10));
    source.flush();
    QVERIFY(model.seqAt(0) > first);
    selection.forgetBefore(model.seqAt(0));
    QCOMPARE(selection.selected().ranges(), (QList<Range>{{model.seqAt(0), first + 16}}));
}

void TestSeqSelection::survivesThatOthersAreShown()
{
    RandomEvents events(3);
    EventModel source;
    FilteredEventModel model(source);
    source.append(events.batch(50));
    source.flush();
    SeqSelection selection(model);
    select(selection, 10, 20, QItemSelectionModel::ClearAndSelect);
    const Result<Filter> none = Filter::parse(u"event == \"none\""_s);
    model.setQuery({.filter = *none});
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(model.rowCount(), 0);
    model.setQuery({});
    QCOMPARE(selection.selected().ranges(), (QList<Range>{{10, 21}}));
}

void TestSeqSelection::saysOfTheCurrentRowThatItIsSelected()
{
    RandomEvents events(4);
    EventModel source;
    FilteredEventModel model(source);
    source.append(events.batch(50));
    source.flush();
    SeqSelection selection(model);
    select(selection, 0, 49, QItemSelectionModel::ClearAndSelect);
    selection.setCurrentIndex(model.index(7, 0), QItemSelectionModel::NoUpdate);
    QVERIFY(selection.isSelected(model.index(7, 0)));
    QVERIFY(!selection.isSelected(model.index(8, 0)));
    selection.setCurrentIndex(model.index(8, 0), QItemSelectionModel::NoUpdate);
    QVERIFY(selection.isSelected(model.index(8, 0)));
}

void TestSeqSelection::linesAreThoseThatAreShown()
{
    RandomEvents events(5);
    EventModel source({.segmentRows = 16});
    FilteredEventModel model(source);
    source.append(events.batch(60));
    source.flush();
    SeqRanges selected;
    selected.add({5, 40});
    QCOMPARE(selectedLines(model.shown(), selected)->count('\n'), 35);
    const Result<Filter> bids = Filter::parse(u"event == \"bid\""_s);
    model.setQuery({.filter = *bids});
    QTRY_VERIFY(!model.isScanning());
    int expected = 0;
    for (quint64 seq = 5; seq < 40; ++seq)
        expected += events.all[seq].event == u"bid";
    const auto lines = selectedLines(model.shown(), selected);
    QCOMPARE(lines->count('\n'), expected);
    QCOMPARE(lines->count("\"event\":\"bid\""), expected);
    QCOMPARE(selectedLines(model.shown(), {}), QByteArray());
}

void TestSeqSelection::tooManyLinesAreNone()
{
    RandomEvents events(6);
    EventModel source;
    FilteredEventModel model(source);
    source.append(events.batch(int(MostCopiedRows) + 1));
    source.flush();
    SeqRanges selected;
    selected.add({0, quint64(MostCopiedRows)});
    QVERIFY(selectedLines(model.shown(), selected));
    selected.add({0, quint64(MostCopiedRows) + 1});
    QVERIFY(!selectedLines(model.shown(), selected));
}

DIALOGUE_TEST(TestSeqSelection, QCoreApplication)
#include "tst_seqselection.moc"
