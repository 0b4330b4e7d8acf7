#include "consoleserver.h"
#include "testclasses.h"

#include "console/lists/listsync.h"
#include "console/lists/rowreader.h"

#include <QSignalSpy>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

class TestListFeed : public QObject
{
    Q_OBJECT

    static QList<RoomConfig> rooms(int count)
    {
        QList<RoomConfig> all;
        for (int i = 0; i < count; ++i)
            all.append({.id = u"room-%1"_s.arg(i, 4, 10, QChar(u'0')), .name = u"Room %1"_s.arg(i)});
        return all;
    }

private Q_SLOTS:
    void comesByPages()
    {
        ConsoleServer server(rooms(1200));
        Entered owner(server);
        ListFeed feed(owner.connection);
        QSignalSpy pages(&feed, &ListFeed::page);
        QSignalSpy completed(&feed, &ListFeed::completed);
        feed.setQuery({.what = u"rooms"_s});
        QTest::qWait(0);
        QCOMPARE(pages.size(), 0); // Nobody looks.
        feed.setActive(true);
        QTRY_COMPARE(completed.size(), 1);
        QCOMPARE(pages.size(), 3);
        QCOMPARE(completed.first().first().toLongLong(), 1200);
        QCOMPARE(pages[2].first().toJsonArray().size(), 200);
    }

    void stopsAtTheMostThatIsWanted()
    {
        ConsoleServer server(rooms(1200));
        Entered owner(server);
        ListFeed feed(owner.connection);
        QSignalSpy pages(&feed, &ListFeed::page);
        QSignalSpy completed(&feed, &ListFeed::completed);
        feed.setQuery({.what = u"rooms"_s, .sort = u"id"_s, .descending = true, .most = 700});
        feed.setActive(true);
        QTRY_COMPARE(completed.size(), 1);
        QCOMPARE(pages[0].first().toJsonArray().at(0)[u"id"_s].toString(), u"room-1199"_s);
        QCOMPARE(pages.size(), 2);
        QCOMPARE(pages[1].first().toJsonArray().size(), 200);
        QCOMPARE(completed.first().first().toLongLong(), 1200); // There are more, and it says so.
    }

    void anotherQueryTakesThePlaceOfTheOneUnderWay()
    {
        ConsoleServer server(rooms(1200));
        Entered owner(server);
        ListFeed feed(owner.connection);
        RoomListModel model;
        keepInStep<RoomRow>(feed, model, &roomRowOf);
        QSignalSpy completed(&feed, &ListFeed::completed);
        feed.setQuery({.what = u"rooms"_s});
        feed.setActive(true);
        feed.setQuery({.what = u"rooms"_s, .search = u"room-00"_s});
        QTRY_COMPARE(completed.size(), 1);
        QCOMPARE(model.rowCount(), 100);
    }

    void aModelIsInStepWithWhatComesAndGoes()
    {
        ConsoleServer server(rooms(3));
        Entered owner(server);
        ListFeed feed(owner.connection);
        RoomListModel model;
        keepInStep<RoomRow>(feed, model, &roomRowOf);
        feed.setQuery({.what = u"rooms"_s});
        feed.setActive(true);
        QTRY_COMPARE(model.rowCount(), 3);
        QVERIFY(server->deleteRoom(u"room-0001"_s));
        QVERIFY(server->createRoom({.id = u"new"_s, .name = u"New"_s}));
        feed.refresh();
        QTRY_VERIFY(model.rowOf(u"new"_s) >= 0);
        QTRY_COMPARE(model.rowOf(u"room-0001"_s), -1);
        QCOMPARE(model.rowCount(), 3);
    }

    void whatTheServerRefusesIsTold()
    {
        ConsoleServer server;
        Entered viewer(server, u"viewer"_s);
        ListFeed feed(viewer.connection);
        QSignalSpy failed(&feed, &ListFeed::failed);
        feed.setQuery({.what = u"audit"_s});
        feed.setActive(true);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::PermissionDenied);
    }
};

DIALOGUE_TEST(TestListFeed, QCoreApplication)
#include "tst_listfeed.moc"
