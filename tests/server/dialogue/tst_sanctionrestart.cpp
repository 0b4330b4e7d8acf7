#include "dialoguetest.h"
#include "server/store/eventstore.h"
#include "testclasses.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

/** Bans and mutes of a server that is started again. */
class TestSanctionRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdAfterARestartUntilTheyAreLifted_data()
    {
        QTest::addColumn<bool>("hasStore");
        QTest::newRow("beside the store") << true;
        QTest::newRow("in a file of their own") << false;
    }

    void holdAfterARestartUntilTheyAreLifted()
    {
        QFETCH(bool, hasStore);
        const QTemporaryDir folder;
        ServerConfig all = config(1);
        if (hasStore) {
            all.persistence.adapter = StoreAdapter::Sqlite;
            all.persistence.path = folder.filePath(u"events.db"_s);
        } else {
            all.persistence.sanctions = folder.filePath(u"bans.json"_s);
        }
        QList<Sanction> imposed;
        {
            Dialogue server(all);
            QVERIFY(server.start());
            QVERIFY(server.ban(u"ann"_s, {.reason = u"spam"_s, .by = u"zoe"_s}));
            QVERIFY(server.mute(u"bob"_s, {.roomId = u"chat"_s}));
            QVERIFY(server.ban(u"carl"_s));
            QVERIFY(server.liftBan(u"carl"_s));
            imposed = server.sanctions();
            QCOMPARE(imposed.size(), 2);
        }
        {
            Dialogue server(all);
            QVERIFY(server.start());
            const QList<Sanction> now = server.sanctions();
            QCOMPARE(now.size(), 2);
            QCOMPARE(now[0].userId, u"ann"_s);
            QCOMPARE(now[0].by, imposed[0].by);
            QCOMPARE(now[0].reason, u"spam"_s);
            QCOMPARE(now[1].roomId, u"chat"_s);
            TestClient ann(server.port(), as(u"ann"_s));
            QCOMPARE(ann.waitFor(u"connect_error"_s).payload[u"message"_s].toString(),
                     u"You are banned: spam"_s);
            TestClient carl(server.port(), as(u"carl"_s));
            carl.waitFor(u"dialogue:connected"_s);
            QVERIFY(server.liftBan(u"ann"_s));
        }
        Dialogue server(all);
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        ann.waitFor(u"dialogue:connected"_s);
    }

    void keepTheServerFromStartingWhereTheirFileIsDamaged()
    {
        const QTemporaryDir folder;
        ServerConfig all = config(0);
        all.persistence.sanctions = folder.filePath(u"bans.json"_s);
        QFile file(all.persistence.sanctions);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[{") == 2);
        file.close();
        Dialogue server(all);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"persistence.sanctions"_s);
        // Once it is mended the same server starts.
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write("[]") == 2);
        file.close();
        QVERIFY(server.start());
    }

    void areInMemoryAloneWhereNothingIsKept()
    {
        QCOMPARE(sanctionFileOf({}), QString());
        PersistenceConfig postgres;
        postgres.adapter = StoreAdapter::Postgres;
        QCOMPARE(sanctionFileOf(postgres), QString());
        PersistenceConfig own;
        own.adapter = StoreAdapter::Sqlite;
        own.own = [] { return Result<std::unique_ptr<EventStore>>(Error{}); };
        QCOMPARE(sanctionFileOf(own), QString());
    }
};

DIALOGUE_TEST(TestSanctionRestart, QCoreApplication)
#include "tst_sanctionrestart.moc"
