#include "server/http/contentcoding.h"
#include "server/http/httpmessage.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestHttpHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAFieldWhateverItsCase()
    {
        HttpHeaders headers;
        headers.append("Host", "example.org");
        headers.append("X-Empty", "");
        headers.append("x-many", "one");
        headers.append("X-Many", "two");
        QCOMPARE(headers.value("hOST"), QByteArray("example.org"));
        QCOMPARE(headers.value("x-many"), QByteArray("one"));
        QCOMPARE(headers.count("X-MANY"), 2);
        QVERIFY(headers.contains("x-empty"));
        QCOMPARE(headers.value("x-empty"), QByteArray());
        QVERIFY(!headers.contains("Hos"));
        QVERIFY(!headers.contains("Hoste"));
    }

    void keepsTheOrder()
    {
        HttpHeaders headers;
        QVERIFY(headers.isEmpty());
        headers.append("b", "2");
        headers.append("a", "1");
        QCOMPARE(headers.fields(), (QList<HttpHeaders::Field>{{"b", "2"}, {"a", "1"}}));
    }

    void knowsTheTokensOfAList_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("found");
        QTest::newRow("alone") << QByteArray("upgrade") << true;
        QTest::newRow("among others") << QByteArray("keep-alive, Upgrade ,x") << true;
        QTest::newRow("part of another") << QByteArray("upgrades, no-upgrade") << false;
        QTest::newRow("empty items") << QByteArray(",, ,upgrade,") << true;
        QTest::newRow("none") << QByteArray() << false;
    }

    void knowsTheTokensOfAList()
    {
        QFETCH(QByteArray, value);
        HttpHeaders headers;
        headers.append("Connection", "close");
        headers.append("Connection", value);
        QTEST(headers.hasToken("connection", "upgrade"), "found");
    }

    void sayWhetherGzipIsTaken_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("taken");
        QTest::newRow("browsers") << QByteArray("gzip, deflate, br, zstd") << true;
        QTest::newRow("in capitals") << QByteArray("br, GZIP") << true;
        QTest::newRow("with a weight") << QByteArray("br;q=1.0, gzip ; q=0.5") << true;
        QTest::newRow("any") << QByteArray("*") << true;
        QTest::newRow("any but gzip") << QByteArray("*, gzip;q=0") << false;
        QTest::newRow("refused by three digits") << QByteArray("gzip;q=0.000") << false;
        QTest::newRow("others") << QByteArray("br, deflate") << false;
        QTest::newRow("none but itself") << QByteArray("identity") << false;
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("none of all") << QByteArray("*;q=0") << false;
        QTest::newRow("part of another") << QByteArray("gzipped") << false;
    }

    void sayWhetherGzipIsTaken()
    {
        QFETCH(QByteArray, value);
        HttpRequest request;
        if (!value.isEmpty())
            request.headers.append("Accept-Encoding", value);
        QTEST(request.acceptsGzip(), "taken");
    }

    void sayWhatABodyIsEncodedBy_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("coding");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("itself") << QByteArray("identity") << QByteArray();
        QTest::newRow("itself in capitals") << QByteArray(" Identity , ") << QByteArray();
        QTest::newRow("gzip") << QByteArray("gzip") << QByteArray("gzip");
        QTest::newRow("one of two") << QByteArray("identity, br") << QByteArray("br");
        QTest::newRow("two") << QByteArray("deflate,gzip") << QByteArray("deflate, gzip");
        QTest::newRow("part of another") << QByteArray("identity2") << QByteArray("identity2");
    }

    void sayWhatABodyIsEncodedBy()
    {
        QFETCH(QByteArray, value);
        HttpHeaders headers;
        headers.append("Content-Encoding", "identity"); // Two fields are one list.
        headers.append("Content-Encoding", value);
        QTEST(bodyCoding(headers), "coding");
    }

    void anEncodedBodyIsNotReadAsJson()
    {
        HttpRequest request;
        request.body = "{}";
        request.headers.append("Content-Encoding", "identity");
        QVERIFY(request.json());
        request.headers.append("Content-Encoding", "gzip");
        QCOMPARE(request.json().error().code, ErrorCode::ParseError);
        QVERIFY(request.json().error().message.contains(u"\"gzip\""_s));
    }

    void takesWhatItHoldsAlready()
    {
        HttpHeaders headers;
        headers.append("X-Long", QByteArray(1000, 'x'));
        const HttpHeaders::Field field = headers.fields().constFirst();
        headers.append("X-Copy", field.second);
        QCOMPARE(headers.value("X-Copy"), QByteArray(1000, 'x'));
    }
};

DIALOGUE_TEST(TestHttpHeaders, NoApplication)
#include "tst_httpheaders.moc"
