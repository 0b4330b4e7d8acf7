#include "server/sse/sserequest.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What is asked of a stream. */
class TestSseRequest : public QObject
{
    Q_OBJECT

    static HttpRequest get(const QByteArray &query, const QByteArray &lastEventId = {})
    {
        HttpRequest request;
        request.method = "GET";
        request.path = "/events";
        request.query = HttpQuery(query);
        if (!lastEventId.isNull())
            request.headers.append("Last-Event-ID", lastEventId);
        return request;
    }

private Q_SLOTS:
    void namesRoomsAndEvents_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QStringList>("rooms");
        QTest::addColumn<QStringList>("events"); // Null: the rooms' own.
        QTest::newRow("one") << "rooms=a"_ba << QStringList{u"a"_s} << QStringList();
        QTest::newRow("several") << "rooms=a,b,c"_ba << QStringList{u"a"_s, u"b"_s, u"c"_s} << QStringList();
        QTest::newRow("in two items")
            << "rooms=a&x=1&rooms=b"_ba << QStringList{u"a"_s, u"b"_s} << QStringList();
        QTest::newRow("each once") << "rooms=a,b,a"_ba << QStringList{u"a"_s, u"b"_s} << QStringList();
        QTest::newRow("with a comma in its name")
            << "rooms=a%2Cb,c"_ba << QStringList{u"a,b"_s, u"c"_s} << QStringList();
        QTest::newRow("in other letters")
            << "rooms=caf%C3%A9,a+b"_ba << QStringList{u"café"_s, u"a b"_s} << QStringList();
        QTest::newRow("with events") << "rooms=a&events=x,y"_ba << QStringList{u"a"_s}
                                     << QStringList{u"x"_s, u"y"_s};
    }
    void namesRoomsAndEvents()
    {
        QFETCH(QByteArray, query);
        QFETCH(QStringList, events);
        const auto wanted = sse::roomsWanted(get(query), 3);
        QVERIFY2(wanted, wanted ? "" : qPrintable(wanted.error().text()));
        QTEST(wanted->rooms, "rooms");
        QCOMPARE(wanted->events.value_or(QStringList()), events);
        QCOMPARE(wanted->events.has_value(), !events.isEmpty());
        QVERIFY(!wanted->after);
    }

    void saysWhatIsWrongWithIt_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QString>("path");
        QTest::newRow("no room") << ""_ba << u"rooms"_s;
        QTest::newRow("an empty list") << "rooms="_ba << u"rooms"_s;
        QTest::newRow("an empty name") << "rooms=a,,b"_ba << u"rooms"_s;
        QTest::newRow("no UTF-8") << "rooms=%FF"_ba << u"rooms"_s;
        QTest::newRow("too long a name") << "rooms=" + QByteArray(10'000, 'a') << u"rooms"_s;
        QTest::newRow("too many") << "rooms=a,b,c,d"_ba << u"rooms"_s;
        QTest::newRow("an empty event") << "rooms=a&events=x,"_ba << u"events"_s;
    }
    void saysWhatIsWrongWithIt()
    {
        QFETCH(QByteArray, query);
        const auto wanted = sse::roomsWanted(get(query), 3);
        QVERIFY(!wanted);
        QCOMPARE(wanted.error().code, ErrorCode::InvalidRequest);
        QTEST(wanted.error().path, "path");
    }

    void saysWhatIsThereAlready_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<quint64>("run");
        QTest::addColumn<quint64>("seq");
        QTest::newRow("by the header") << "rooms=a"_ba
                                       << "1f-7"_ba << quint64(0x1f) << quint64(7);
        QTest::newRow("by the query")
            << "rooms=a&lastEventId=1f-7"_ba << QByteArray() << quint64(0x1f) << quint64(7);
        QTest::newRow("the header knows better") << "rooms=a&lastEventId=1f-7"_ba
                                                 << "1f-8"_ba << quint64(0x1f) << quint64(8);
        // What is none of ours is a place of no run: so that what may be missing is told.
        QTest::newRow("another server's") << "rooms=a"_ba
                                          << "42"_ba << quint64(0) << quint64(0);
        QTest::newRow("half of one") << "rooms=a"_ba
                                     << "1f-"_ba << quint64(0) << quint64(0);
        QTest::newRow("negative") << "rooms=a"_ba
                                  << "1f--7"_ba << quint64(0) << quint64(0);
        QTest::newRow("too large") << "rooms=a"_ba
                                   << "1f-99999999999999999999"_ba << quint64(0) << quint64(0);
    }
    void saysWhatIsThereAlready()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, header);
        const auto wanted = sse::roomsWanted(get(query, header), 3);
        QVERIFY(wanted && wanted->after);
        QTEST(wanted->after->run, "run");
        QTEST(wanted->after->seq, "seq");
    }

    void claimsWhoItIs()
    {
        const HttpRequest request = get("rooms=a&userId=ann%20b");
        const ConnectRequest asks = sse::connectRequest(request, *sse::roomsWanted(request, 3), "sse1");
        QCOMPARE(asks.auth, QJsonObject({{u"userId"_s, u"ann b"_s}}));
        QCOMPARE(asks.handshake.transport, "sse");
        QCOMPARE(sse::connectRequest(get("rooms=a"), {}, "sse1").auth, QJsonObject());
    }
};

DIALOGUE_TEST(TestSseRequest, QCoreApplication)
#include "tst_sserequest.moc"
