#include "server/store/schemacheck.h"

#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::store;
using namespace Qt::StringLiterals;

/** All that a store has, held to what is declared now. */
class TestSchemaCheck : public QObject
{
    Q_OBJECT

    static constexpr int Many = 2500; // More than are looked at when a server starts.
    StoreFolder folder;

    [[nodiscard]] ServerConfig config() const
    {
        ServerConfig config{.rooms = {chatRoom()}, .persistence = folder.persistence(Durability::Async)};
        config.persistence.retention.maxEvents = 10000;
        return config;
    }
    void say(int count, const QString &first = u"a"_s) const
    {
        StoredRooms run(config());
        for (int i = 0; i < count; ++i)
            QVERIFY(run.say(i == 0 ? first : u"enough"_s));
    }
    static DeclaredEvents atLeast(int characters)
    {
        return [characters](const QString &roomId, bool) {
            QList<EventDefinition> events;
            if (roomId == u"chat")
                events.append(defineEvent(
                    u"message"_s, Schema::object({{"text", Schema::string().min(characters).max(10)}})));
            return events;
        };
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void findsWhatIsOlderThanAStartLooksAt()
    {
        say(Many);
        qint64 last = 0;
        const auto report = holdToSchemas(folder.path(), atLeast(2), [&last](qint64 looked, qint64 all) {
            QVERIFY(looked > last || looked == all);
            last = looked;
            QCOMPARE(all, qint64(Many));
        });
        QVERIFY(report);
        QCOMPARE(last, qint64(Many));
        QCOMPARE(report->events, qint64(Many));
        QCOMPARE(report->misfits, 1);
        const SchemaMisfit &misfit = report->first.constFirst();
        QCOMPARE(misfit.roomId, u"chat"_s);
        QCOMPARE(misfit.offset, 1U);
        QCOMPARE(misfit.event, u"message"_s);
        QCOMPARE(misfit.why.faults.constFirst().rule, u"minLength"_s);
        QVERIFY(misfit.why.text().contains(u"text"_s));
    }

    void countsAllAndShowsTheFirst()
    {
        say(30);
        const auto report = holdToSchemas(folder.path(), atLeast(9));
        QCOMPARE(report->misfits, 30);
        QCOMPARE(report->first.size(), SchemaReport::MostShown);
        QCOMPARE(report->first.constLast().offset, 20U);
        QCOMPARE(holdToSchemas(folder.path(), atLeast(1))->misfits, 0);
    }

    void looksAtNoErasedOneAndWhileAServerRuns()
    {
        say(3, u"secret"_s);
        StoredRooms run(config());
        const QFuture<Result<ErasedEvents>> erased = run.rooms.erase({.roomId = u"chat"_s, .offset = 1});
        QVERIFY(QTest::qWaitFor([&] { return erased.isFinished(); }));
        QCOMPARE(holdToSchemas(folder.path(), atLeast(1))->events, 2);
    }

    void saysWhatNobodyDeclares()
    {
        say(3);
        const auto report
            = holdToSchemas(folder.path(), [](const QString &, bool) { return QList<EventDefinition>(); });
        QCOMPARE(report->undeclared, 3);
        QCOMPARE(report->events, 0);
        QCOMPARE(holdToSchemas(u"/nowhere/x.db"_s, atLeast(1)).error().code, ErrorCode::ConfigError);
    }
};

DIALOGUE_TEST(TestSchemaCheck, QCoreApplication)
#include "tst_schemacheck.moc"
