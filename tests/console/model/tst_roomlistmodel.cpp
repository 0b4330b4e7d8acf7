#include "console/model/clientlistmodel.h"
#include "console/model/roomlistmodel.h"

#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestRoomListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatComesShowsSoon();
    void theNewestStateOfARowShows();
    void onlyRowsThatChangedAreToldOf();
    void sortsByAnyColumn();
    void aRowThatIsOvertakenMoves();
    void ordersNumbersAndTextsByTheirValues();
    void findsRowsByTheirTexts();
    void muchAtOnceIsAReset();
    void aSelectedRowStaysSelected();
    void clientsAreRowsToo();
    void isAModelWhateverHappens();
};

namespace {

QStringList idsIn(const SortedTableModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.index(row, 0).data(SortedTableModel::IdRole).toString());
    return ids;
}

void put(RoomListModel &model, const QList<RoomRow> &rows)
{
    for (const RoomRow &row : rows)
        model.set(row);
    model.flush();
}

} // namespace

void TestRoomListModel::whatComesShowsSoon()
{
    RoomListModel model;
    QSignalSpy inserted(&model, &RoomListModel::rowsInserted);
    model.set({.id = u"b"_s});
    model.set({.id = u"a"_s});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(inserted.wait());
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(idsIn(model), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(model.columnCount(), int(RoomListModel::ColumnCount));
    QCOMPARE(model.headerData(RoomListModel::Size, Qt::Horizontal, Qt::DisplayRole),
             QVariant(u"Participants"_s));
}

void TestRoomListModel::theNewestStateOfARowShows()
{
    RoomListModel model;
    model.set({.id = u"a"_s, .size = 1});
    model.remove(u"a"_s);
    model.set({.id = u"b"_s, .size = 1});
    model.set({.id = u"b"_s, .size = 2, .isDeclared = true});
    model.remove(u"none"_s);
    model.flush();
    QCOMPARE(idsIn(model), QStringList{u"b"_s});
    QCOMPARE(model.index(0, RoomListModel::Size).data(), QVariant(2));
    QCOMPARE(model.index(0, RoomListModel::Declared).data(), QVariant(true));
    QCOMPARE(model.rowAt(0).size, 2);
    QCOMPARE(model.total(), 1);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.total(), 0);
}

void TestRoomListModel::onlyRowsThatChangedAreToldOf()
{
    RoomListModel model;
    put(model, {{.id = u"a"_s}, {.id = u"b"_s}, {.id = u"c"_s}, {.id = u"d"_s}});
    QSignalSpy changed(&model, &RoomListModel::dataChanged);
    put(model, {{.id = u"a"_s}, {.id = u"b"_s, .size = 1}, {.id = u"c"_s, .size = 1}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 2);
    put(model, {{.id = u"b"_s, .size = 1}});
    QCOMPARE(changed.size(), 1);
}

void TestRoomListModel::sortsByAnyColumn()
{
    RoomListModel model;
    put(model,
        {{.id = u"a"_s, .name = u"Zoe"_s, .size = 2},
         {.id = u"b"_s, .name = u"ann"_s, .size = 10},
         {.id = u"C"_s, .name = u"Ben"_s, .size = 2}});
    QCOMPARE(idsIn(model), (QStringList{u"a"_s, u"b"_s, u"C"_s}));
    model.sort(RoomListModel::Size, Qt::DescendingOrder);
    QCOMPARE(idsIn(model), (QStringList{u"b"_s, u"C"_s, u"a"_s})); // The same size: by their ids.
    model.sort(RoomListModel::Name);
    QCOMPARE(idsIn(model), (QStringList{u"b"_s, u"C"_s, u"a"_s}));
    model.sort(RoomListModel::Name, Qt::DescendingOrder);
    QCOMPARE(idsIn(model), (QStringList{u"a"_s, u"C"_s, u"b"_s}));
    model.sort(-1);
    QCOMPARE(model.sortColumn(), int(RoomListModel::Name));
}

void TestRoomListModel::aRowThatIsOvertakenMoves()
{
    RoomListModel model;
    model.sort(RoomListModel::Size, Qt::DescendingOrder);
    put(model, {{.id = u"a"_s, .size = 1}, {.id = u"b"_s, .size = 2}, {.id = u"c"_s, .size = 3}});
    QCOMPARE(idsIn(model), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    put(model, {{.id = u"a"_s, .size = 9}, {.id = u"d"_s, .size = 5}});
    QCOMPARE(idsIn(model), (QStringList{u"a"_s, u"d"_s, u"c"_s, u"b"_s}));
    QCOMPARE(model.rowOf(u"c"_s), 2);
}

void TestRoomListModel::ordersNumbersAndTextsByTheirValues()
{
    RoomListModel model;
    put(model,
        {{.id = u"a"_s, .name = u"Auction 10"_s, .eventsPerSecond = -0.0},
         {.id = u"b"_s, .name = u"auction"_s, .eventsPerSecond = -1e300},
         {.id = u"c"_s, .name = u"auction 1"_s, .eventsPerSecond = 0.0},
         {.id = u"d"_s, .name = u"auction 100 longer"_s, .eventsPerSecond = 1e-300},
         {.id = u"e"_s, .name = u"AUCTION 100 LONGER STILL"_s, .eventsPerSecond = -1}});
    model.sort(RoomListModel::Name);
    QCOMPARE(idsIn(model), (QStringList{u"b"_s, u"c"_s, u"a"_s, u"d"_s, u"e"_s}));
    model.sort(RoomListModel::Name, Qt::DescendingOrder);
    QCOMPARE(idsIn(model), (QStringList{u"e"_s, u"d"_s, u"a"_s, u"c"_s, u"b"_s}));
    model.sort(RoomListModel::Events);
    QCOMPARE(idsIn(model), (QStringList{u"b"_s, u"e"_s, u"a"_s, u"c"_s, u"d"_s}));
}

void TestRoomListModel::findsRowsByTheirTexts()
{
    RoomListModel model;
    put(model,
        {{.id = u"lobby"_s}, {.id = u"x"_s, .name = u"The Lobby"_s}, {.id = u"y"_s, .name = u"ann"_s}});
    model.setSearch(u"LOBBY"_s);
    QCOMPARE(idsIn(model), (QStringList{u"lobby"_s, u"x"_s}));
    QCOMPARE(model.rowOf(u"y"_s), -1);
    QCOMPARE(model.total(), 3);
    // What comes to have it comes in, and what does no more goes.
    put(model, {{.id = u"y"_s, .name = u"lobbyist"_s}, {.id = u"x"_s, .name = u"Hall"_s}, {.id = u"z"_s}});
    QCOMPARE(idsIn(model), (QStringList{u"lobby"_s, u"y"_s}));
    model.setSearch({});
    QCOMPARE(model.rowCount(), 4);
}

void TestRoomListModel::muchAtOnceIsAReset()
{
    RoomListModel model;
    for (int i = 0; i < 1000; ++i)
        model.set({.id = u"%1"_s.arg(i * 2, 5)});
    QSignalSpy inserted(&model, &RoomListModel::rowsInserted);
    QSignalSpy reset(&model, &RoomListModel::modelReset);
    model.flush();
    QCOMPARE(inserted.size(), 1); // They come in one place.
    QCOMPARE(reset.size(), 0);
    for (int i = 0; i < 1000; ++i)
        model.set({.id = u"%1"_s.arg(i * 2 + 1, 5)});
    model.flush();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 1);
    for (int i = 0; i < 2000; i += 2)
        model.remove(u"%1"_s.arg(i, 5));
    model.flush();
    QCOMPARE(reset.size(), 2);
    QCOMPARE(model.rowCount(), 1000);
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.rowAt(row).id, u"%1"_s.arg(row * 2 + 1, 5));
}

void TestRoomListModel::aSelectedRowStaysSelected()
{
    RoomListModel model;
    model.sort(RoomListModel::Size);
    put(model, {{.id = u"a"_s, .size = 1}, {.id = u"b"_s, .size = 2}, {.id = u"c"_s, .size = 3}});
    const QPersistentModelIndex selected = model.index(0, RoomListModel::Name);
    put(model, {{.id = u"a"_s, .size = 9}, {.id = u"d"_s, .size = 4}});
    QCOMPARE(selected.row(), 3);
    QCOMPARE(selected.column(), int(RoomListModel::Name));
    model.sort(RoomListModel::Size, Qt::DescendingOrder);
    QCOMPARE(selected.row(), 0);
    model.remove(u"a"_s);
    model.flush();
    QVERIFY(!selected.isValid());
}

void TestRoomListModel::clientsAreRowsToo()
{
    ClientListModel model;
    model.set({.id = u"s1"_s, .user = u"ann"_s, .queueBytes = 10});
    model.set(
        {.id = u"s2"_s, .user = u"ben"_s, .isVerified = true, .roundTrip = 1.5, .queueBytes = 5'000'000'000});
    model.sort(ClientListModel::QueueBytes, Qt::DescendingOrder);
    model.flush();
    QCOMPARE(model.columnCount(), int(ClientListModel::ColumnCount));
    QCOMPARE(model.index(0, ClientListModel::User).data(), QVariant(u"ben"_s));
    QCOMPARE(model.index(0, ClientListModel::QueueBytes).data(), QVariant(5'000'000'000LL));
    QCOMPARE(model.index(0, ClientListModel::RoundTrip).data(), QVariant(1.5));
    QCOMPARE(model.headerData(ClientListModel::Rooms, Qt::Horizontal, Qt::DisplayRole), QVariant(u"Rooms"_s));
}

void TestRoomListModel::isAModelWhateverHappens()
{
    QRandomGenerator random(1);
    RoomListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::map<QString, RoomRow> all;
    QString search;
    int column = 0;
    Qt::SortOrder order = Qt::AscendingOrder;
    for (int i = 0; i < 1000; ++i) {
        for (int k = random.bounded(i % 50 == 0 ? 300 : 8); k > 0; --k) {
            const QString id = u"r%1"_s.arg(random.bounded(200));
            if (random.bounded(3) == 0) {
                all.erase(id);
                model.remove(id);
            } else {
                all[id]
                    = {.id = id, .name = QString(QChar(u'a' + random.bounded(3))), .size = random.bounded(5)};
                model.set(all[id]);
            }
        }
        if (random.bounded(20) == 0) {
            search = random.bounded(2) ? QString() : QString(QChar(u'a' + random.bounded(3)));
            model.setSearch(search);
        }
        if (random.bounded(10) == 0) {
            column = random.bounded(4);
            column = column == 3 ? RoomListModel::Events : column;
            order = random.bounded(2) ? Qt::AscendingOrder : Qt::DescendingOrder;
            model.sort(column, order);
        }
        model.flush();
        QList<RoomRow> expected;
        for (const auto &[id, row] : all) {
            if (id.contains(search) || row.name.contains(search))
                expected.append(row);
        }
        std::stable_sort(expected.begin(), expected.end(), [&](const RoomRow &a, const RoomRow &b) {
            const RoomRow &first = order == Qt::AscendingOrder ? a : b;
            const RoomRow &second = order == Qt::AscendingOrder ? b : a;
            switch (column) {
            case RoomListModel::Id:
                return first.id < second.id;
            case RoomListModel::Name:
                return first.name < second.name;
            case RoomListModel::Size:
                return first.size < second.size;
            default:
                return first.eventsPerSecond < second.eventsPerSecond;
            }
        });
        QCOMPARE(model.rowCount(), int(expected.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            QVERIFY(model.rowAt(row) == expected[row]);
            QCOMPARE(model.rowOf(expected[row].id), row);
        }
    }
}

DIALOGUE_TEST(TestRoomListModel, QCoreApplication)
#include "tst_roomlistmodel.moc"
