#include "server/engine/handshake.h"
#include "server/engine/sid.h"

#include "testclasses.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace dialogue;
using namespace dialogue::engineio;

class TestHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verifiesInTheReferencesOrder_data()
    {
        using Known::Nothing;
        using Known::OnPolling;
        using Known::OnWebSocket;
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("upgrade");
        QTest::addColumn<int>("known");
        QTest::addColumn<int>("code"); // -1: in order
        const auto row = [](const char *name, const char *query, const char *method, bool upgrade,
                            Known known, int code) {
            QTest::newRow(name) << QByteArray(query) << QByteArray(method) << upgrade
                                << static_cast<int>(known) << code;
        };
        row("polling", "EIO=4&transport=polling", "GET", false, Nothing, -1);
        row("websocket", "EIO=4&transport=websocket", "GET", true, Nothing, -1);
        row("no transport", "EIO=4", "GET", false, Nothing, 0);
        row("unknown transport", "EIO=4&transport=abc", "GET", false, Nothing, 0);
        row("transport before sid", "EIO=4&transport=abc&sid=x", "GET", false, Nothing, 0);
        row("unknown sid", "EIO=4&transport=polling&sid=x", "GET", false, Nothing, 1);
        row("sid before method", "EIO=4&transport=polling&sid=x", "PUT", false, Nothing, 1);
        row("post", "EIO=4&transport=polling", "POST", false, Nothing, 2);
        row("method before EIO", "EIO=3&transport=polling", "POST", false, Nothing, 2);
        row("websocket without Upgrade", "EIO=4&transport=websocket", "GET", false, Nothing, 3);
        row("Upgrade before EIO", "EIO=3&transport=websocket", "GET", false, Nothing, 3);
        row("no EIO", "transport=polling", "GET", false, Nothing, 5);
        row("EIO 3", "EIO=3&transport=polling", "GET", false, Nothing, 5);
        row("EIO abc", "EIO=abc&transport=websocket", "GET", true, Nothing, 5);
        row("poll", "EIO=4&transport=polling&sid=x", "GET", false, OnPolling, -1);
        row("post to a session", "EIO=4&transport=polling&sid=x", "POST", false, OnPolling, -1);
        row("poll after the upgrade", "EIO=4&transport=polling&sid=x", "GET", false, OnWebSocket, 3);
        row("websocket for a session", "EIO=4&transport=websocket&sid=x", "GET", true, OnPolling, -1);
        row("second websocket", "EIO=4&transport=websocket&sid=x", "GET", true, OnWebSocket, -1);
        row("session without EIO", "transport=polling&sid=x", "GET", false, OnPolling, 3);
        row("HTTP to a WebSocket session", "EIO=4&transport=websocket&sid=x", "GET", false, OnWebSocket, 3);
        row("Upgrade to polling", "EIO=4&transport=polling", "GET", true, Nothing, 3);
        row("an empty sid is none", "EIO=4&transport=polling&sid=", "GET", false, Nothing, -1);
    }
    void verifiesInTheReferencesOrder()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, method);
        QFETCH(bool, upgrade);
        QFETCH(int, known);
        QFETCH(int, code);
        HttpRequest request;
        request.query = HttpQuery(query);
        const auto refusal = verify(Query::parse(request), method, upgrade, static_cast<Known>(known));
        QCOMPARE(refusal ? static_cast<int>(*refusal) : -1, code);
    }

    void writesErrorsAsTheReferenceDoes()
    {
        const HttpResponse unknown = errorResponse(HandshakeRefusal::SessionUnknown);
        QCOMPARE(unknown.status, 400);
        const QByteArray text = "{\"code\":1,\"message\":\"Session ID unknown\"}";
        QCOMPARE(unknown.body, text);
        QCOMPARE(unknown.headers.value("Content-Type"), QByteArray("application/json"));
        const HttpResponse refused
            = errorResponse(HandshakeRefusal::Forbidden, QStringLiteral("not \"you\""));
        QCOMPARE(refused.status, 403);
        const QByteArray quoted = "{\"code\":4,\"message\":\"not \\\"you\\\"\"}";
        QCOMPARE(refused.body, quoted);
    }

    void makesSidsThatNameTheirWorker()
    {
        static const QRegularExpression urlSafe(QStringLiteral("^[A-Za-z0-9_-]{20}$"));
        QSet<QByteArray> seen;
        for (const int worker : {0, 1, 7, 255, 256, 65535}) {
            const QByteArray sid = makeSid(worker);
            QVERIFY2(urlSafe.match(QString::fromLatin1(sid)).hasMatch(), sid.constData());
            QCOMPARE(workerOf(sid), worker);
            seen.insert(sid);
        }
        QCOMPARE(seen.size(), 6);
    }

    void doesNotTakeOtherSids_data()
    {
        QTest::addColumn<QByteArray>("sid");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray("abc");
        QTest::newRow("long") << QByteArray(21, 'a');
        QTest::newRow("not base64") << QByteArray(20, '!');
    }
    void doesNotTakeOtherSids()
    {
        QFETCH(QByteArray, sid);
        QVERIFY(!workerOf(sid));
    }
};

DIALOGUE_TEST(TestHandshake, QCoreApplication)
#include "tst_handshake.moc"
