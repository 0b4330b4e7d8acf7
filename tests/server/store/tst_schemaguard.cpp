#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What was stored under one schema, and a room that declares another. */
class TestSchemaGuard : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    [[nodiscard]] ServerConfig config() const
    {
        return {.rooms = {chatRoom()}, .persistence = folder.persistence()};
    }
    /** The same with another schema of `message`: its text has at least so many characters. */
    [[nodiscard]] ServerConfig withAtLeast(int characters) const
    {
        ServerConfig changed = config();
        changed.rooms[0].events[0].schema
            = Schema::object({{"text", Schema::string().min(characters).max(10)}});
        return changed;
    }
    void say(const QStringList &texts) const
    {
        StoredRooms run(config());
        for (const QString &text : texts)
            QVERIFY(run.say(text));
    }
    /** What becomes of the room. */
    [[nodiscard]] static Result<void> begin(const ServerConfig &config)
    {
        ServerConfig without = config;
        without.rooms.clear();
        StoredRooms run(without);
        const auto made = run.rooms.create(config.rooms[0]);
        return made ? Result<void>() : made.error();
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void anUnchangedSchemaIsNotHeldAgainstThePast()
    {
        say({u"a"_s, u"b"_s});
        QVERIFY(begin(config()));
    }

    void aChangeThatThePastFitsIsTaken()
    {
        say({u"four"_s, u"fives"_s});
        QVERIFY(begin(withAtLeast(4)));
        StoredRooms run(withAtLeast(4));
        QCOMPARE(run.history(), (QStringList{u"2 fives"_s, u"1 four"_s}));
    }

    void aChangeThatThePastDoesNotFitIsRefusedAndSaysWhatToDo()
    {
        say({u"four"_s, u"abc"_s, u"fives"_s, u"ab"_s});
        const auto refused = begin(withAtLeast(4));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ConfigError);
        for (const QString &word :
             {u"'message'"_s, u"'chat'"_s, u"newest 4 stored ones 2 do not fit"_s, u"offset 4"_s,
              u"data.text"_s, u"new name"_s, u"EventDefinition::migrate"_s, u"schemaChange: accept"_s})
            QVERIFY2(refused.error().message.contains(word), qPrintable(refused.error().message));
        QVERIFY2(!begin(withAtLeast(4)), "It is refused again");
        QVERIFY(begin(config())); // And as it was it goes on.
    }

    void whatDoesNotFitStaysIfThatIsAccepted()
    {
        say({u"abc"_s});
        ServerConfig accepting = withAtLeast(4);
        accepting.rooms[0].events[0].schemaChange = SchemaChange::Accept;
        QVERIFY(begin(accepting));
        QVERIFY(begin(withAtLeast(4))); // That was said of this schema once and for all.
        StoredRooms run(withAtLeast(4));
        QCOMPARE(run.history(), QStringList{u"1 abc"_s});
        QVERIFY(!run.say(u"abc"_s));
    }

    void whatDoesNotFitIsMigratedOnce()
    {
        say({u"abc"_s, u"fives"_s, u"ab"_s});
        int asked = 0;
        ServerConfig migrating = withAtLeast(4);
        migrating.rooms[0].events[0].migrate = [&asked](const QJsonValue &data) -> Result<QJsonValue> {
            ++asked;
            return QJsonValue(textData(data[u"text"_s].toString() + u"...."_s));
        };
        QVERIFY(begin(migrating));
        QCOMPARE(asked, 2);
        QVERIFY(begin(migrating));
        QCOMPARE(asked, 2);
        StoredRooms run(withAtLeast(4));
        QCOMPARE(run.history(), (QStringList{u"3 ab...."_s, u"2 fives"_s, u"1 abc...."_s}));
    }

    void aMigrationThatDoesNotFitIsRefused()
    {
        say({u"abc"_s});
        ServerConfig migrating = withAtLeast(4);
        migrating.rooms[0].events[0].migrate
            = [](const QJsonValue &data) -> Result<QJsonValue> { return data; };
        const auto refused = begin(migrating);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"makes nothing of offset 1 that does"_s),
                 qPrintable(refused.error().message));
    }

    void allAreMigratedHoweverMany()
    {
        {
            StoredRooms run([&] {
                ServerConfig much = config();
                much.persistence.retention.maxEvents = 10'000;
                return much;
            }());
            for (int i = 0; i < 2500; ++i)
                (void)run.chat().trigger(u"message"_s, textData(QString::number(i % 10)));
            QVERIFY(run.say(u"last"_s));
        }
        int asked = 0;
        ServerConfig migrating = withAtLeast(4);
        migrating.persistence.retention.maxEvents = 10'000;
        migrating.rooms[0].events[0].migrate = [&asked](const QJsonValue &) -> Result<QJsonValue> {
            ++asked;
            return QJsonValue(textData(u"longenough"_s));
        };
        QVERIFY(begin(migrating));
        QCOMPARE(asked, 2500);
    }

    void manyErasedEventsHideNoneThatDoesNotFit()
    {
        {
            ServerConfig much = config();
            much.persistence.retention.maxEvents = 10'000;
            StoredRooms run(much);
            for (int i = 0; i < 1100; ++i)
                (void)run.chat().trigger(u"message"_s, textData(QString::number(i % 10)));
            QVERIFY(run.say(u"last"_s));
        }
        {
            auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Existing);
            QVERIFY(file && file->execute("UPDATE events SET json=x'' WHERE key&4095>1"));
        }
        QVERIFY(!begin(withAtLeast(4)));
    }

    void eventsWithoutAHistoryAreHeldToTheirSchemaAsWell()
    {
        {
            StoredRooms run(config());
            (void)run.chat().trigger(u"typing"_s, 5);
            QVERIFY(run.say(u"a"_s));
        }
        ServerConfig changed = config();
        changed.rooms[0].events[1].schema = Schema::string();
        const auto refused = begin(changed);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"'typing'"_s), qPrintable(refused.error().message));
    }

    void aFileOfTheFirstFormatIsCopiedAndBroughtUpToDate()
    {
        say({u"abc"_s});
        {
            auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Existing);
            QVERIFY(file);
            QVERIFY(file->execute("DROP TABLE schemas; PRAGMA user_version=1"));
        }
        const QString copy = folder.path() + u".format-1"_s;
        // Under which schema it was said nobody knows: it is held to the one that there is.
        QVERIFY(!begin(withAtLeast(4)));
        QVERIFY(QFile::exists(copy));
        {
            auto old = store::StoreFile::reader(copy);
            QVERIFY(old);
            QCOMPARE(*old->number("PRAGMA user_version"), 1);
            QCOMPARE(*old->number("SELECT count(*) FROM events"), 1);
        }
        {
            StoredRooms run(config());
            QCOMPARE(run.history(), QStringList{u"1 abc"_s});
        }
        auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Existing);
        QCOMPARE(*file->number("PRAGMA user_version"), store::CurrentVersion);
        QVERIFY(file->execute("DROP TABLE schemas; PRAGMA user_version=1"));
        *file = {};
        const auto refused = StoreBroker::open(config());
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(copy), qPrintable(refused.error().message));
    }
};

DIALOGUE_TEST(TestSchemaGuard, QCoreApplication)
#include "tst_schemaguard.moc"
