#include "console/model/eventmodel.h"
#include "console/model/filteredeventmodel.h"
#include "randomevents.h"

#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestFilteredEventModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAQueryItShowsAll();
    void showsWhatIsWanted();
    void showsTheYoungestFirst();
    void aNarrowerQueryLooksThroughWhatWasFoundAlone();
    void anotherQueryEndsTheOneBefore();
    void forgetsWhatTheSourceForgets();
    void hidesWhatTheSourceHides();
    void ignoresAnswersAboutWhatIsForgotten();
    void endsWhileItScans();
    void isAModelWhateverHappens();
};

namespace {

EventQuery query(const QString &filter, const QString &text = {})
{
    const Result<Filter> parsed = Filter::parse(filter);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().text()));
    EventQuery query{.filter = *parsed};
    if (!text.isEmpty())
        query.texts.append(TextSearch(text));
    return query;
}

QList<quint64> shownBy(const FilteredEventModel &model)
{
    QList<quint64> seqs;
    for (int row = 0; row < model.rowCount(); ++row)
        seqs.append(model.seqAt(row));
    return seqs;
}

/** Of \a events those that \a source shows and \a wanted wants. */
QList<quint64> expectedOf(const RandomEvents &events, const EventModel &source, const EventQuery &wanted)
{
    QList<quint64> seqs;
    for (quint64 seq = source.log().firstSeq(); seq < source.endSeq(); ++seq) {
        if (events.all[seq].matches(wanted))
            seqs.append(seq);
    }
    return seqs;
}

void put(EventModel &model, const EventBatch &batch)
{
    model.append(batch);
    model.flush();
}

} // namespace

void TestFilteredEventModel::withoutAQueryItShowsAll()
{
    RandomEvents events(1);
    EventModel source({.segmentRows = 16});
    put(source, events.batch(40));
    FilteredEventModel model(source);
    QCOMPARE(model.rowCount(), 40);
    QSignalSpy inserted(&model, &FilteredEventModel::rowsInserted);
    put(source, events.batch(5));
    QCOMPARE(model.rowCount(), 45);
    QVERIFY(!model.isScanning());
    QCOMPARE(model.index(44, 0).data(SeqRole).toULongLong(), 44U);
    QCOMPARE(model.rowOf(44), 44);
    QCOMPARE(model.columnCount(), source.columnCount());
}

void TestFilteredEventModel::showsWhatIsWanted()
{
    RandomEvents events(2);
    EventModel source({.segmentRows = 64});
    put(source, events.batch(500));
    put(source, events.gap());
    FilteredEventModel model(source);
    for (const EventQuery &each : {query(u"event == 'bid' && data.price > 50"_s), query(QString(), u"u-2"_s),
                                   query(u"key"_s, u"xx"_s), query(u"event == 'none'"_s), query(QString())}) {
        model.setQuery(each);
        QTRY_VERIFY(!model.isScanning());
        QCOMPARE(shownBy(model), expectedOf(events, source, each));
        for (const quint64 seq : shownBy(model))
            QCOMPARE(model.seqAt(model.rowOf(seq)), seq);
    }
}

void TestFilteredEventModel::showsTheYoungestFirst()
{
    RandomEvents events(3);
    EventModel source({.segmentRows = 32});
    put(source, events.batch(320));
    FilteredEventModel model(source);
    QList<int> firsts;
    quint64 oldest = std::numeric_limits<quint64>::max();
    connect(&model, &FilteredEventModel::rowsInserted, &model, [&](const QModelIndex &, int first, int) {
        firsts.append(first);
        QVERIFY(model.seqAt(0) < oldest);
        oldest = model.seqAt(0);
    });
    model.setQuery(query(u"event"_s));
    QTRY_COMPARE(model.rowCount(), 320);
    QCOMPARE(firsts, QList<int>(10, 0));
}

void TestFilteredEventModel::aNarrowerQueryLooksThroughWhatWasFoundAlone()
{
    RandomEvents events(4);
    EventModel source({.segmentRows = 32});
    put(source, events.batch(200));
    FilteredEventModel model(source);
    const EventQuery wide = query(u"event == 'bid'"_s);
    const EventQuery narrow = query(u"event == 'bid' && data.price > 50"_s, u"x"_s);
    model.setQuery(wide);
    QTRY_VERIFY(!model.isScanning());
    model.setQuery(narrow);
    put(source, events.batch(50)); // Which nobody looked through before.
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, narrow));
    // Before the answers of the one before are in.
    model.setQuery(wide);
    model.setQuery(narrow);
    model.setQuery(query(u"event == 'bid' && data.price > 50 && key"_s, u"xx"_s));
    put(source, events.batch(50));
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
    // And to what is wider.
    model.setQuery(wide);
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, wide));
}

void TestFilteredEventModel::anotherQueryEndsTheOneBefore()
{
    RandomEvents events(5);
    EventModel source({.segmentRows = 4096});
    put(source, events.batch(20'000));
    FilteredEventModel model(source);
    for (int i = 0; i < 50; ++i)
        model.setQuery(query(u"data.price == %1"_s.arg(i)));
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
}

void TestFilteredEventModel::forgetsWhatTheSourceForgets()
{
    RandomEvents events(6);
    EventModel source({.rows = 100, .segmentRows = 20});
    FilteredEventModel model(source);
    model.setQuery(query(u"event == 'bid'"_s));
    for (int i = 0; i < 30; ++i) {
        put(source, events.batch(15));
        QTRY_VERIFY(!model.isScanning());
        QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
    }
    source.clear();
    QCOMPARE(model.rowCount(), 0);
    put(source, events.batch(10));
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
}

void TestFilteredEventModel::hidesWhatTheSourceHides()
{
    RandomEvents events(7);
    EventModel source({.segmentRows = 16});
    put(source, events.batch(40));
    source.setPaused(true);
    put(source, events.batch(40));
    FilteredEventModel model(source);
    QCOMPARE(model.rowCount(), 40);
    model.setQuery(query(u"event == 'bid'"_s));
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
    source.setPaused(false);
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
    QVERIFY(model.seqAt(model.rowCount() - 1) > 60);
}

void TestFilteredEventModel::ignoresAnswersAboutWhatIsForgotten()
{
    RandomEvents events(8);
    EventModel source({.rows = 1000, .segmentRows = 500});
    put(source, events.batch(1400));
    FilteredEventModel model(source);
    model.setQuery(query(u"event == 'bid'"_s));
    put(source, events.batch(3000)); // Before any answer is taken.
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
}

void TestFilteredEventModel::endsWhileItScans()
{
    RandomEvents events(9);
    EventModel source({.segmentRows = 1024});
    put(source, events.batch(50'000));
    for (int i = 0; i < 20; ++i) {
        FilteredEventModel model(source);
        model.setQuery(query(u"data.price > 1"_s));
    }
}

void TestFilteredEventModel::isAModelWhateverHappens()
{
    RandomEvents events(10);
    EventModel source({.rows = 150, .segmentRows = 32});
    FilteredEventModel model(source);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QList<EventQuery> queries{query(QString()),
                                    query(u"event == 'bid'"_s),
                                    query(u"event == 'bid' && key"_s),
                                    query(u"event == 'bid' && key && data.price > 40"_s, u"x"_s),
                                    query(u"data.price > 40"_s),
                                    query(QString(), u"u-1"_s)};
    int settled = 0;
    for (int i = 0; i < 1500; ++i) {
        switch (events.random.bounded(10)) {
        case 0:
            put(source, events.gap());
            break;
        case 1:
            source.setPaused(!source.isPaused());
            break;
        case 2:
        case 3:
            model.setQuery(queries[events.random.bounded(int(queries.size()))]);
            break;
        case 4:
            if (!source.addPointerColumn(u"/price"_s))
                source.removePointerColumn(u"/price"_s);
            break;
        case 5:
            QCoreApplication::processEvents();
            break;
        case 6:
            QTRY_VERIFY(!model.isScanning());
            QCOMPARE(shownBy(model), expectedOf(events, source, model.query()));
            ++settled;
            break;
        default:
            put(source, events.batch(events.random.bounded(15)));
            break;
        }
    }
    QVERIFY(settled > 50);
}

DIALOGUE_TEST(TestFilteredEventModel, QCoreApplication)
#include "tst_filteredeventmodel.moc"
