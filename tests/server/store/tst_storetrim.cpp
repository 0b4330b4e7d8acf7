#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What a store lets go. */
class TestStoreTrim : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    [[nodiscard]] ServerConfig config(const EventRetention &retention = {}) const
    {
        ServerConfig config{.rooms = {chatRoom()}, .persistence = folder.persistence()};
        config.persistence.retention = retention;
        config.history.recoveryEvents = 10;
        return config;
    }
    /** Stores events of one name; the answers are waited for together. */
    static void sayMany(StoredRooms &run, int count, const QString &event)
    {
        for (int i = 0; i < count; ++i)
            (void)run.chat().trigger(event, textData(u"x"_s));
        run.settle();
    }
private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    // A room is looked at after a thousand events, and when it is opened; so a run later all is gone that
    // may.

    void keepsWhatHistoryAndRecoveryPromise()
    {
        {
            StoredRooms run(config());
            sayMany(run, 5, u"message"_s); // 1 to 5; its history has three
            sayMany(run, 1100, u"typing"_s);
            QTRY_VERIFY(run.counters().trimmed > 0); // While it runs.
        }
        const StoredRooms run(config());
        QTRY_COMPARE(folder.stored(),
                     (QList<quint64>{3, 4, 5, 1096, 1097, 1098, 1099, 1100, 1101, 1102, 1103, 1104, 1105}));
    }

    void keepsAsManyAsAreAskedFor()
    {
        {
            StoredRooms run(config({.maxEvents = 20}));
            sayMany(run, 1100, u"typing"_s);
        }
        const StoredRooms run(config({.maxEvents = 20}));
        QTRY_COMPARE(folder.stored().size(), 20);
        QCOMPARE(folder.stored().first(), 1081u);
    }

    void letsGoOfTheOld()
    {
        {
            StoredRooms run(config());
            sayMany(run, 5, u"message"_s);
        }
        {
            auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Any);
            QVERIFY(file->execute("UPDATE events SET time=time-100000 WHERE key&15<=3")); // Offsets 1 to 3
        }
        QByteArray epoch;
        {
            StoredRooms run(config({.maxAge = std::chrono::seconds(50)}));
            QTRY_COMPARE(folder.stored(), (QList<quint64>{4, 5}));
            epoch = run.chat().epoch();
        }
        StoredRooms run(config({.maxAge = std::chrono::seconds(50)}));
        QCOMPARE(run.chat().offset(), quint64(5)); // Its numbers go on.
        QCOMPARE(run.chat().epoch(), epoch);
    }

    void givesNoNumberTwiceWhereAllIsGone()
    {
        {
            StoredRooms run(config());
            sayMany(run, 5, u"message"_s);
        }
        {
            auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Any);
            QVERIFY(file->execute("UPDATE events SET time=1"));
        }
        {
            const StoredRooms run(config({.maxAge = std::chrono::seconds(50)}));
            QTRY_COMPARE(folder.stored().size(), 0);
        }
        StoredRooms run(config({.maxAge = std::chrono::seconds(50)}));
        QCOMPARE(run.history(), QStringList());
        QCOMPARE(run.say(u"next"_s)->offset, 6u);
    }
};

DIALOGUE_TEST(TestStoreTrim, QCoreApplication)
#include "tst_storetrim.moc"
