#include "console/model/eventmodel.h"
#include "randomevents.h"

#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestEventModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatComesInATurnIsOneInsert();
    void showsRawValues();
    void gapsAreRowsOfTheirOwn();
    void aLostConnectionIsAGapOfUnknownSize();
    void aPauseHidesWhatComes();
    void whatIsEvictedWhileItIsPausedGoes();
    void aPointerIsAColumn();
    void isAModelWhateverHappens();
};

void TestEventModel::whatComesInATurnIsOneInsert()
{
    RandomEvents events(1);
    EventModel model;
    QSignalSpy inserted(&model, &EventModel::rowsInserted);
    for (int i = 0; i < 10; ++i)
        model.append(events.batch(5));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(inserted.wait());
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 50);
}

void TestEventModel::showsRawValues()
{
    EventBatch batch{.names = {u"lobby"_s, u"bid"_s, u"ann"_s}, .payloads = R"({"price":12}{"m":1})"};
    batch.records.push_back({.time = 1000,
                             .offset = 7,
                             .room = 0,
                             .event = 1,
                             .from = 2,
                             .length = 12,
                             .metaLength = 7,
                             .flags = HasData});
    batch.records.push_back({.length = 5000});
    EventModel model;
    model.append(batch);
    model.flush();
    const auto cell = [&](int row, EventColumn column, int role = Qt::DisplayRole) {
        return model.index(row, int(column)).data(role);
    };
    QCOMPARE(cell(0, EventColumn::Time), QVariant(1000LL));
    QCOMPARE(cell(0, EventColumn::Room), QVariant(u"lobby"_s));
    QCOMPARE(cell(0, EventColumn::Event), QVariant(u"bid"_s));
    QCOMPARE(cell(0, EventColumn::From), QVariant(u"ann"_s));
    QCOMPARE(cell(0, EventColumn::Offset), QVariant(7LL));
    QCOMPARE(cell(0, EventColumn::Size), QVariant(12LL));
    QCOMPARE(cell(0, EventColumn::Data), QVariant(u"{\"price\":12}"_s));
    QCOMPARE(cell(0, EventColumn::Time, DataRole), QVariant(QByteArray("{\"price\":12}")));
    QCOMPARE(cell(0, EventColumn::Time, MetaRole), QVariant(QByteArray("{\"m\":1}")));
    QCOMPARE(cell(0, EventColumn::Time, FlagsRole).toInt(), HasData);
    QCOMPARE(cell(0, EventColumn::Time, SeqRole), QVariant(quint64(0)));
    QCOMPARE(cell(0, EventColumn::Time, KindRole).toInt(), int(RowKind::Event));
    QVERIFY(!cell(1, EventColumn::Time).isValid());
    QVERIFY(!cell(1, EventColumn::Offset).isValid());
    QCOMPARE(cell(1, EventColumn::Size), QVariant(5000LL));
    QCOMPARE(cell(1, EventColumn::Data), QVariant(QString()));
    QVERIFY(!cell(0, EventColumn::Time, GapCountRole).isValid());

    EventBatch longer{.payloads = '"' + QByteArray("\xc3\xa9").repeated(1000) + '"'};
    longer.records.push_back({.length = 2002, .flags = HasData});
    model.append(longer);
    model.flush();
    QCOMPARE(cell(2, EventColumn::Data).toString(), u'"' + u"\u00e9"_s.repeated(127));
    QCOMPARE(cell(2, EventColumn::Data, DataRole).toByteArray().size(), 2002);
}

void TestEventModel::gapsAreRowsOfTheirOwn()
{
    EventBatch batch{.dropped = {.rate = 3, .queue = 500}, .time = 20};
    batch.records.push_back({.time = 21});
    EventModel model;
    model.append(batch);
    model.flush();
    QCOMPARE(model.rowCount(), 3);
    const auto cell = [&](int row, int role) { return model.index(row, 0).data(role); };
    QCOMPARE(cell(0, KindRole).toInt(), int(RowKind::Gap));
    QCOMPARE(cell(0, GapReasonRole).toInt(), int(GapReason::Rate));
    QCOMPARE(cell(0, GapCountRole), QVariant(3LL));
    QCOMPARE(cell(0, Qt::DisplayRole), QVariant(20LL));
    QVERIFY(!model.index(0, int(EventColumn::Offset)).data().isValid());
    QVERIFY(!model.index(0, int(EventColumn::Size)).data().isValid());
    QCOMPARE(cell(1, GapReasonRole).toInt(), int(GapReason::Queue));
    QCOMPARE(cell(1, GapCountRole), QVariant(500LL));
    QCOMPARE(cell(2, KindRole).toInt(), int(RowKind::Event));
}

void TestEventModel::aLostConnectionIsAGapOfUnknownSize()
{
    EventBatch batch{.dropped = {.ring = 2}, .afterLoss = true, .time = 20};
    batch.records.push_back({.time = 21});
    EventModel model;
    model.append(batch);
    model.flush();
    QCOMPARE(model.rowCount(), 3);
    const auto cell = [&](int row, int role) { return model.index(row, 0).data(role); };
    QCOMPARE(cell(0, KindRole).toInt(), int(RowKind::Gap));
    QCOMPARE(cell(0, GapReasonRole).toInt(), int(GapReason::Connection));
    QCOMPARE(cell(0, GapCountRole), QVariant(0LL));
    QCOMPARE(cell(0, Qt::DisplayRole), QVariant(20LL));
    QCOMPARE(cell(1, GapReasonRole).toInt(), int(GapReason::Ring));
    QCOMPARE(cell(2, KindRole).toInt(), int(RowKind::Event));
}

void TestEventModel::aPauseHidesWhatComes()
{
    RandomEvents events(2);
    EventModel model;
    model.append(events.batch(10));
    model.setPaused(true);
    QCOMPARE(model.rowCount(), 10);
    QSignalSpy hidden(&model, &EventModel::hiddenRowsChanged);
    model.append(events.batch(5));
    model.flush();
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(model.hiddenRows(), 5);
    QCOMPARE(hidden.last().first().toLongLong(), 5);
    QCOMPARE(model.rowOf(12), -1);
    model.append(events.batch(1));
    QSignalSpy inserted(&model, &EventModel::rowsInserted);
    model.setPaused(false);
    QCOMPARE(model.rowCount(), 16);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(hidden.last().first().toLongLong(), 0);
    QCOMPARE(model.rowOf(12), 12);
}

void TestEventModel::whatIsEvictedWhileItIsPausedGoes()
{
    RandomEvents events(3);
    EventModel model({.rows = 20, .segmentRows = 10});
    model.append(events.batch(15));
    model.setPaused(true);
    model.append(events.batch(20));
    model.flush();
    QCOMPARE(model.seqAt(0), 10U);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.hiddenRows(), 20);
    model.append(events.batch(50));
    model.flush();
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.hiddenRows() >= 20);
    model.setPaused(false);
    QCOMPARE(model.rowCount(), 25);
    QCOMPARE(model.seqAt(24), 84U);
}

void TestEventModel::aPointerIsAColumn()
{
    RandomEvents events(4);
    EventModel model;
    QVERIFY(model.addPointerColumn(u"/price"_s));
    QVERIFY(!model.addPointerColumn(u"/price"_s));
    QVERIFY(!model.addPointerColumn(u"price"_s));
    QVERIFY(model.addPointerColumn(u"/n"_s));
    const int first = int(EventColumn::Count);
    QCOMPARE(model.columnCount(), first + 2);
    model.append(events.batch(1));
    model.flush();
    QCOMPARE(model.headerData(first, Qt::Horizontal, Qt::DisplayRole), QVariant(u"/price"_s));
    QVERIFY(events.all[0].data.startsWith("{\"price\":" + model.index(0, first).data().toByteArray() + ','));
    QCOMPARE(model.index(0, first + 1).data().typeId(), int(QMetaType::QString));
    model.removePointerColumn(u"/price"_s);
    QCOMPARE(model.columnCount(), first + 1);
    QCOMPARE(model.headerData(first, Qt::Horizontal, Qt::DisplayRole), QVariant(u"/n"_s));
    QCOMPARE(model.headerData(int(EventColumn::Time), Qt::Horizontal, Qt::DisplayRole), QVariant(u"Time"_s));
}

void TestEventModel::isAModelWhateverHappens()
{
    RandomEvents events(5);
    EventModel model({.rows = 60, .segmentRows = 16});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &EventModel::rowsInserted);
    for (int i = 0; i < 1500; ++i) {
        switch (events.random.bounded(8)) {
        case 0:
            model.append(events.gap());
            break;
        case 1:
            model.setPaused(!model.isPaused());
            break;
        case 2:
            if (events.random.bounded(20) == 0)
                model.clear();
            break;
        case 3:
            if (!model.addPointerColumn(u"/price"_s))
                model.removePointerColumn(u"/price"_s);
            break;
        default:
            model.append(events.batch(events.random.bounded(12)));
            break;
        }
        model.flush();
        QCOMPARE(model.endSeq() + quint64(model.hiddenRows()), model.log().endSeq());
        for (int row = 0; row < model.rowCount(); ++row) {
            const NaiveEvent &expected = events.all[model.seqAt(row)];
            const QModelIndex cell = model.index(row, 0);
            QCOMPARE(cell.data(SeqRole).toULongLong(), model.seqAt(row));
            QCOMPARE(cell.data().toLongLong(), expected.time);
            QCOMPARE(cell.data(DataRole).toByteArray(), expected.data);
            QCOMPARE(model.rowOf(expected.seq), row);
        }
    }
    QVERIFY(model.log().firstSeq() > 1000);
}

DIALOGUE_TEST(TestEventModel, QCoreApplication)
#include "tst_eventmodel.moc"
