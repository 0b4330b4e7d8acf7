#include "consoleserver.h"
#include "testclasses.h"
#include "testclient.h"

#include "console/acting/actionrun.h"

#include <QSignalSpy>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

class TestActionRun : public QObject
{
    Q_OBJECT

    static QList<QJsonObject> roomsFrom(int first, int count)
    {
        QList<QJsonObject> targets;
        for (int i = first; i < first + count; ++i)
            targets.append({{u"roomId"_s, u"room-%1"_s.arg(i)}});
        return targets;
    }
    static QList<RoomConfig> rooms(int count)
    {
        QList<RoomConfig> all;
        for (int i = 0; i < count; ++i)
            all.append({.id = u"room-%1"_s.arg(i), .name = u"Room"_s});
        return all;
    }

private Q_SLOTS:
    void manyTargetsAreSeveralRequests()
    {
        ConsoleServer server(rooms(250));
        Entered owner(server);
        ActionRun run(owner.connection, u"deleteRoom"_s, roomsFrom(0, 250));
        QSignalSpy progressed(&run, &ActionRun::progressed);
        QSignalSpy finished(&run, &ActionRun::finished);
        run.start(u"cleaning up"_s);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(progressed.size(), 3);
        QCOMPARE(progressed.last().first().toLongLong(), 250);
        QCOMPARE(run.done(), 250);
        QVERIFY(run.failures().isEmpty());
        QCOMPARE(server->rooms().size(), 0);
    }

    void whatFailsIsToldByItsTarget()
    {
        ConsoleServer server(rooms(3));
        Entered owner(server);
        ActionRun run(owner.connection, u"deleteRoom"_s, roomsFrom(1, 3));
        QSignalSpy finished(&run, &ActionRun::finished);
        run.start({});
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(run.done(), 2);
        QCOMPARE(run.failures().size(), 1);
        QCOMPARE(run.failures().first().target, 2);
        QCOMPARE(run.failures().first().error.code, ErrorCode::RoomNotFound);
    }

    void aTryReachesAndDoesNothing()
    {
        ConsoleServer server;
        Entered owner(server);
        TestClient one(server.port(), {{u"userId"_s, u"ada"_s}});
        QVERIFY(one.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
        ActionRun run(owner.connection, u"deleteRoom"_s, {{{u"roomId"_s, u"chat"_s}}});
        QSignalSpy reached(&run, &ActionRun::reached);
        run.tryOut();
        QTRY_COMPARE(reached.size(), 1);
        QCOMPARE(reached.first().first().toLongLong(), 1);
        QVERIFY(server->room(u"chat"_s));
    }

    void aTryThatFailsSaysItOnce()
    {
        ConsoleServer server(rooms(150));
        Entered owner(server);
        ActionRun run(owner.connection, u"deleteRoom"_s, roomsFrom(100, 150));
        QSignalSpy reached(&run, &ActionRun::reached);
        QSignalSpy failed(&run, &ActionRun::failed);
        run.tryOut();
        QTRY_COMPARE(failed.size(), 1);
        ActionRun later(owner.connection, u"deleteRoom"_s, roomsFrom(0, 150));
        QSignalSpy all(&later, &ActionRun::reached);
        later.tryOut();
        QTRY_COMPARE(all.size(), 1);
        QCOMPARE(failed.size(), 1);
        QCOMPARE(reached.size(), 0);
    }

    void whatIsStoppedEndsBehindTheRequestThatIsUnderWay()
    {
        ConsoleServer server(rooms(250));
        Entered owner(server);
        ActionRun run(owner.connection, u"deleteRoom"_s, roomsFrom(0, 250));
        QSignalSpy finished(&run, &ActionRun::finished);
        run.start({});
        run.stop();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(run.done(), 100);
        QCOMPARE(server->rooms().size(), 150);
    }

    void whatALostConnectionLeftOpenIsDoneWhenItIsBack()
    {
        auto server = std::make_unique<ConsoleServer>(rooms(2));
        const quint16 port = server->port();
        Entered owner(*server);
        ActionRun run(owner.connection, u"deleteRoom"_s, roomsFrom(0, 2));
        QSignalSpy finished(&run, &ActionRun::finished);
        run.start({});
        server.reset(); // Before it has read anything.
        QTRY_VERIFY(!owner.connection.isIn());
        server = std::make_unique<ConsoleServer>(rooms(2), port);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(run.done(), 2);
        QCOMPARE((*server)->rooms().size(), 0);
    }
};

DIALOGUE_TEST(TestActionRun, QCoreApplication)
#include "tst_actionrun.moc"
