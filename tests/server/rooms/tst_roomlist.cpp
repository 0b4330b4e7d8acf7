#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** dialogue:listRooms, page by page. */
class TestRoomList : public QObject
{
    Q_OBJECT

    static ServerConfig rooms(const QStringList &ids)
    {
        ServerConfig config;
        for (const QString &id : ids)
            config.rooms.append({.id = id, .name = id});
        return config;
    }
    static QStringList idsOf(const QJsonValue &rooms)
    {
        QStringList ids;
        for (const QJsonValue &room : rooms.toArray())
            ids.append(room[u"id"_s].toString());
        return ids;
    }
    /** All pages, joined by '|'; the event and the ack say the same. */
    static QString pages(RoomsFixture &f, SocketId socket, QJsonObject request)
    {
        QStringList pages;
        for (int i = 0; i < 100; ++i) {
            const QJsonObject ack = f.ask(socket, names::listRooms, request);
            const QList<Received> got = f.take(socket);
            if (got.size() != 2 || got[0].name != u"dialogue:rooms" || got[0].payload != ack[u"rooms"_s])
                return u"the event and the ack differ"_s;
            pages.append(idsOf(ack[u"rooms"_s]).join(u' '));
            if (!ack.contains(u"next"_s))
                break;
            request[u"after"_s] = ack[u"next"_s];
        }
        return pages.join(u'|');
    }

private Q_SLOTS:
    void comesInPages_data()
    {
        QTest::addColumn<QStringList>("ids");
        QTest::addColumn<QJsonObject>("request");
        QTest::addColumn<QString>("expected");
        const QStringList five{u"b"_s, u"a"_s, u"e"_s, u"d"_s, u"c"_s};
        QTest::newRow("none") << QStringList() << QJsonObject() << u""_s;
        QTest::newRow("all at once") << five << QJsonObject{{u"limit"_s, 5}} << u"a b c d e"_s;
        QTest::newRow("as many as the server likes") << five << QJsonObject() << u"a b c|d e"_s;
        QTest::newRow("two at a time") << five << QJsonObject{{u"limit"_s, 2}} << u"a b|c d|e"_s;
        QTest::newRow("more than there may be") << five << QJsonObject{{u"limit"_s, 50}} << u"a b c d e"_s;
        QTest::newRow("more at a time than may be")
            << five + QStringList{u"f"_s, u"g"_s} << QJsonObject{{u"limit"_s, 7}} << u"a b c d e|f g"_s;
        QTest::newRow("from the midst") << five << QJsonObject{{u"after"_s, u"b"_s}} << u"c d e"_s;
        QTest::newRow("after one that is gone") << five << QJsonObject{{u"after"_s, u"bb"_s}} << u"c d e"_s;
        QTest::newRow("after all") << five << QJsonObject{{u"after"_s, u"x"_s}} << u""_s;
    }
    void comesInPages()
    {
        QFETCH(QStringList, ids);
        QFETCH(QJsonObject, request);
        QFETCH(QString, expected);
        ServerConfig config = rooms(ids);
        config.listRooms = {.page = 3, .maxPage = 5};
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        QCOMPARE(pages(f, ann, request), expected);
    }

    void anyArgumentMayBeLeftOut()
    {
        RoomsFixture f(rooms({u"a"_s, u"b"_s}));
        const SocketId ann = f.connectAs(u"ann"_s);
        QCOMPARE(idsOf(f.ask(ann, names::listRooms)[u"rooms"_s]).size(), 2);
        QCOMPARE(idsOf(f.ask(ann, names::listRooms, QJsonValue(QJsonValue::Null))[u"rooms"_s]).size(), 2);
        QVERIFY(!f.ask(ann, names::listRooms, QJsonObject{{u"limit"_s, 0}})[u"ok"_s].toBool());
    }

    void staysRightWhileRoomsComeAndGo()
    {
        ServerConfig config = rooms({u"a"_s, u"c"_s, u"e"_s, u"g"_s, u"i"_s});
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        QJsonObject request{{u"limit"_s, 2}};
        QJsonObject ack = f.ask(ann, names::listRooms, request);
        QCOMPARE(idsOf(ack[u"rooms"_s]), (QStringList{u"a"_s, u"c"_s}));
        QVERIFY(f.rooms.remove(u"c"_s)); // The one that the next page is after.
        QVERIFY(f.rooms.remove(u"e"_s));
        QVERIFY(f.rooms.create({.id = u"b"_s, .name = u"B"_s}));
        QVERIFY(f.rooms.create({.id = u"h"_s, .name = u"H"_s}));
        request[u"after"_s] = ack[u"next"_s];
        ack = f.ask(ann, names::listRooms, request);
        QCOMPARE(idsOf(ack[u"rooms"_s]), (QStringList{u"g"_s, u"h"_s}));
        request[u"after"_s] = ack[u"next"_s];
        ack = f.ask(ann, names::listRooms, request);
        QCOMPARE(idsOf(ack[u"rooms"_s]), (QStringList{u"i"_s}));
        QVERIFY(!ack.contains(u"next"_s));
    }

    void hasNoMoreBytesThanAPacketMay()
    {
        ServerConfig config;
        config.limits.sendQueue = 64 * 1024;
        config.listRooms = {.page = 1000, .maxPage = 1000};
        for (int i = 0; i < 40; ++i) {
            const QString id = QString::number(100 + i);
            config.rooms.append({.id = id, .name = id, .description = QString(4000, u'\u4e00')}); // 12 kB
        }
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        QJsonObject request;
        int count = 0;
        for (int page = 0; page < 100; ++page) {
            const QJsonObject ack = f.ask(ann, names::listRooms, request);
            for (const FramePtr &frame : f.gateway.sent.value(ann))
                QVERIFY2(frame->bytes().size() <= 16 * 1024 + 200,
                         qPrintable(QString::number(frame->bytes().size())));
            f.take(ann);
            count += int(idsOf(ack[u"rooms"_s]).size());
            if (!ack.contains(u"next"_s))
                break;
            request[u"after"_s] = ack[u"next"_s];
        }
        QCOMPARE(count, 40);
    }

    void aRoomLargerThanAPacketIsListedAllTheSame()
    {
        ServerConfig config;
        config.limits.sendQueue = 16 * 1024;
        for (const auto *id : {"a", "b"})
            config.rooms.append(
                {.id = QString::fromLatin1(id), .name = u"A"_s, .description = QString(4000, u'\u4e00')});
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        QCOMPARE(pages(f, ann, {}), u"a|b"_s);
    }

    void theServerKeepsTheOrderTheyWereCreatedIn()
    {
        RoomsFixture f(rooms({u"b"_s, u"a"_s, u"c"_s}));
        QVERIFY(f.rooms.remove(u"a"_s));
        QVERIFY(f.rooms.create({.id = u"a"_s, .name = u"A"_s}));
        QStringList ids;
        for (const Room *room : f.rooms.rooms())
            ids.append(room->id());
        QCOMPARE(ids, (QStringList{u"b"_s, u"c"_s, u"a"_s}));
    }

    void countsWhatEachUserCreated()
    {
        RoomsFixture f;
        for (int i = 0; i < 3; ++i) {
            QVERIFY(f.rooms.create({.id = QString::number(i), .name = u"R"_s, .createdById = u"ann"_s}));
            QCOMPARE(f.rooms.index().createdBy(u"ann"_s), i + 1);
        }
        QVERIFY(f.rooms.create({.id = u"b"_s, .name = u"R"_s, .createdById = u"bob"_s}));
        QVERIFY(f.rooms.create({.id = u"n"_s, .name = u"R"_s}));
        for (const auto *id : {"0", "2", "n"})
            QVERIFY(f.rooms.remove(QString::fromLatin1(id)));
        QCOMPARE(f.rooms.index().createdBy(u"ann"_s), 1);
        QCOMPARE(f.rooms.index().createdBy(u"bob"_s), 1);
        QVERIFY(f.rooms.remove(u"b"_s));
        QCOMPARE(f.rooms.index().createdBy(u"bob"_s), 0);
    }
};

DIALOGUE_TEST(TestRoomList, QCoreApplication)
#include "tst_roomlist.moc"
