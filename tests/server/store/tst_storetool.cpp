#include "server/store/storetool.h"

#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What an operator asks of a store. */
class TestStoreTool : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    [[nodiscard]] ServerConfig config() const
    {
        return {.rooms = {chatRoom()}, .persistence = folder.persistence(Durability::Sync)};
    }
    void change(const char *sql) const
    {
        auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Existing);
        QVERIFY(file && file->execute(sql));
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void saysWhatThereIs()
    {
        StoredRooms run(config());
        QVERIFY(run.say(u"a"_s));
        QVERIFY(run.say(u"b"_s));
        const auto facts = store::factsOf(folder.path()); // While the server runs.
        QVERIFY(facts);
        QCOMPARE(facts->format, store::CurrentVersion);
        QCOMPARE(facts->starts, 1);
        QVERIFY(!facts->wasStopped);
        QCOMPARE(facts->rooms.size(), 1);
        const store::RoomFacts &chat = facts->rooms.first();
        QCOMPARE(chat.id, u"chat"_s);
        QCOMPARE(chat.durability, Durability::Sync);
        QCOMPARE(chat.events, 2);
        QCOMPARE(chat.oldest, 1u);
        QCOMPARE(chat.newest, 2u);
        QVERIFY(chat.bytes > 100);
        QVERIFY(!chat.isOfClient);
    }

    void saysThatItWasLeftInOrder()
    {
        {
            const StoredRooms run(config());
        }
        QVERIFY(store::factsOf(folder.path())->wasStopped);
    }

    void findsNothingWrongWithAGoodOne()
    {
        StoredRooms run(config());
        QVERIFY(run.say(u"a"_s));
        QCOMPARE(*store::faultsOf(folder.path()), QStringList());
    }

    void findsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("fault");
        QTest::newRow("no event") << QByteArray("UPDATE events SET json='x'")
                                  << u"Room 1, event 1: what is stored is no event"_s;
        QTest::newRow("another's place")
            << QByteArray("UPDATE events SET key=key+1") << u"Room 1, event 2: it says that it is 1"_s;
        QTest::newRow("attachments") << QByteArray("UPDATE events SET attachments=x'00'")
                                     << u"Room 1, event 1: An attachment ends within its length"_s;
    }
    void findsWhatIsWrong()
    {
        {
            StoredRooms run(config());
            QVERIFY(run.say(u"a"_s));
        }
        QFETCH(QByteArray, sql);
        change(sql.constData());
        const auto faults = store::faultsOf(folder.path());
        QVERIFY(faults);
        QTEST(faults->join(u'\n'), "fault");
    }

    void copiesOneMoment()
    {
        StoredRooms run(config());
        QVERIFY(run.say(u"a"_s));
        const QString copy = folder.path() + u".copy"_s;
        QVERIFY(store::backUp(folder.path(), copy));
        QVERIFY(run.say(u"b"_s));
        QCOMPARE(store::factsOf(copy)->rooms.first().events, 1);
        QCOMPARE(*store::faultsOf(copy), QStringList());
        const auto again = store::backUp(folder.path(), copy);
        QVERIFY(!again);
        QCOMPARE(again.error().message, u"'%1' is there already; name a file that is not"_s.arg(copy));
    }

    void whatIsMarkedAsRestoredBeginsAnew()
    {
        QByteArray epoch;
        {
            StoredRooms run(config());
            epoch = run.chat().epoch();
            QVERIFY(run.say(u"a"_s));
            const auto marked = store::markRestored(folder.path());
            QVERIFY(!marked); // A server uses it.
            QVERIFY(marked.error().message.endsWith(
                u"Another server uses it; stop that one, or name another file"_s));
        }
        QVERIFY(store::markRestored(folder.path()));
        {
            const StoredRooms run(config());
            QVERIFY(run.chat().epoch() != epoch);
            epoch = run.chat().epoch();
            QCOMPARE(run.chat().offset(), quint64(1));
        }
        QCOMPARE(StoredRooms(config()).chat().epoch(), epoch); // Once.
    }

    void touchesNothingThatIsNoStore()
    {
        const QString none = folder.path() + u".none"_s;
        QCOMPARE(store::factsOf(none).error().message, u"The store '%1': There is no such file"_s.arg(none));
        QVERIFY(!QFile::exists(none));
        {
            auto other = sqlite::Database::open(none, sqlite::Database::File::Any);
            QVERIFY(other && other->execute("CREATE TABLE theirs (a)"));
        }
        QCOMPARE(store::faultsOf(none).error().message, u"The store '%1': It is no store"_s.arg(none));
        QCOMPARE(store::markRestored(none).error().message, u"The store '%1': It is no store"_s.arg(none));
    }
};

DIALOGUE_TEST(TestStoreTool, QCoreApplication)
#include "tst_storetool.moc"
