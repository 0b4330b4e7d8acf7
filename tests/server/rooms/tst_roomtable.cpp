#include "server/rooms/roomtable.h"
#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>
#include <memory>

using namespace dialogue;

namespace {

const QString &idOf(const QString &item) { return item; }

} // namespace

class TestRoomTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsNothingInAnEmptyOne()
    {
        const RoomTable<QString, idOf> table;
        QVERIFY(!table.find(QStringLiteral("a")));
        QCOMPARE(table.size(), 0U);
    }

    void findsWhatIsInItAndNothingElse()
    {
        // Beside a map, with many that come and go.
        RoomTable<QString, idOf> table;
        std::map<QString, std::unique_ptr<QString>> items;
        QRandomGenerator random(1);
        for (int i = 0; i < 30'000; ++i) {
            const QString id = QString::number(random.bounded(i < 15'000 ? 2000 : 20));
            if (const auto known = items.find(id); known != items.end()) {
                table.remove(known->second.get());
                items.erase(known);
            } else {
                table.insert((items[id] = std::make_unique<QString>(id)).get());
            }
            QCOMPARE(table.size(), items.size());
            const QString other = QString::number(random.bounded(2000));
            const auto expected = items.find(other);
            QCOMPARE(table.find(other), expected == items.end() ? nullptr : expected->second.get());
        }
        std::size_t visited = 0;
        table.forEach([&](QString *item) {
            ++visited;
            QCOMPARE(items.at(*item).get(), item);
        });
        QCOMPARE(visited, items.size());
        for (const auto &[id, item] : items)
            QCOMPARE(table.find(id), item.get());
    }
};

DIALOGUE_TEST(TestRoomTable, QCoreApplication)
#include "tst_roomtable.moc"
