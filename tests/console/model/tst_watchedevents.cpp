#include "console/model/eventcolumns.h"
#include "console/model/eventmodel.h"
#include "console/model/watchedevents.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

/** From what a server tells to what is in a table. */
class TestWatchedEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAServerTellsIsInTheTable();
};

void TestWatchedEvents::whatAServerTellsIsInTheTable()
{
    const protocol::admin::EventBatch told{
        .watch = u"w"_s,
        .number = 1,
        .dropped = {.rate = 1, .ring = 2, .queue = 3, .filter = 4},
        .names = {u"lobby"_s, u"bid"_s, u"ann"_s},
        .rows = {{.time = 1000,
                  .room = 0,
                  .event = 1,
                  .from = 2,
                  .offset = 7,
                  .size = 90,
                  .dataSize = 12,
                  .metaSize = 7},
                 {.time = 1001, .room = 0, .event = 1, .from = 2, .size = 5000},
                 {.time = 1002, .room = 0, .event = 1, .from = 2, .size = 50, .dataSize = 2}},
        .payloads = R"({"price":12}{"m":1}17)"};
    const EventBatch batch = eventBatchOf(told, 2000);
    QCOMPARE(batch.records[1].offset, -1);
    QCOMPARE(batch.records[1].flags, quint8(0));
    QCOMPARE(batch.records[1].length, quint32(5000));
    QCOMPARE(batch.payloads.mid(batch.records[2].place, batch.records[2].length), QByteArray("17"));

    EventModel model;
    model.append(batch);
    model.flush();
    // Four gaps, and three events.
    QCOMPARE(model.rowCount(), 7);
    QList<int> reasons;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QVariant reason = model.index(row, 0).data(GapReasonRole);
        if (reason.isValid())
            reasons.append(reason.toInt());
    }
    QCOMPARE(reasons,
             (QList<int>{int(GapReason::Rate), int(GapReason::Ring), int(GapReason::Queue),
                         int(GapReason::Filter)}));
    QCOMPARE(model.index(4, int(EventColumn::Time)).data(), QVariant(1000LL));
    QCOMPARE(model.index(4, int(EventColumn::Room)).data(), QVariant(u"lobby"_s));
}

DIALOGUE_TEST(TestWatchedEvents, QCoreApplication)
#include "tst_watchedevents.moc"
