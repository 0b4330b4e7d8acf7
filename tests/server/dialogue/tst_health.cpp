#include "../store/memorystore.h"
#include "dialoguetest.h"
#include "server/apikeys/keytool.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QPromise>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

namespace {

struct Told
{
    int status = 0;
    QJsonObject body = {};
};

Told read(const QByteArray &answer)
{
    const qsizetype head = answer.indexOf("\r\n\r\n");
    return {answer.mid(9, 3).toInt(), QJsonDocument::fromJson(answer.mid(head + 4)).object()};
}

QByteArray question(const QByteArray &path, const QByteArray &headers)
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + "\r\n";
}

Told get(const Dialogue &server, const QByteArray &path, const QByteArray &headers = {})
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server.port());
    socket.write(question(path, headers));
    QByteArray answer;
    (void)QTest::qWaitFor(
        [&] {
            answer += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        },
        20000);
    return read(answer);
}

const QByteArray FromElsewhere = "X-Forwarded-For: 192.0.2.1\r\n";

QStringList reasonsIn(const Told &answer)
{
    QStringList codes;
    for (const QJsonValue &reason : answer.body[u"reasons"_s].toArray())
        codes.append(reason[u"code"_s].toString());
    return codes;
}

} // namespace

/** /health, /ready and /version, over sockets. */
class TestHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aServerThatRunsIsWellAndReady_data() { workersTable(); }
    void aServerThatRunsIsWellAndReady()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers));
        QVERIFY(server.start());
        QCOMPARE(get(server, "/health").status, 200);
        const Told ready = get(server, "/ready");
        QCOMPARE(ready.status, 200);
        QVERIFY(ready.body[u"ready"_s].toBool());
        QCOMPARE(get(server, "/version").body[u"name"_s].toString(), u"dialogue"_s);
        QCOMPARE(get(server, "/version", FromElsewhere).status, 403);
        QVERIFY(!get(server, "/ready", FromElsewhere).body.contains(u"reasons"_s));
    }

    void aHubThatIsStuckIsSeen()
    {
        Dialogue server(config(1));
        QVERIFY(server.start());
        // Connections are accepted in the hub's thread: one that is there already is asked through. A proxy
        // and an orchestrator keep theirs, too.
        QTcpSocket kept;
        kept.connectToHost(QHostAddress::LocalHost, server.port());
        QVERIFY(kept.waitForConnected());
        const auto ask = [&](const QByteArray &path) {
            kept.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            kept.flush();
        };
        ask("/health");
        QTRY_VERIFY(kept.bytesAvailable() > 0);
        QVERIFY(kept.readAll().startsWith("HTTP/1.1 200 "));
        // From here on nothing turns in this thread.
        QByteArray answer;
        do {
            QThread::msleep(100);
            ask("/health");
            QVERIFY(kept.waitForReadyRead(20000));
            answer = kept.readAll();
        } while (answer.startsWith("HTTP/1.1 200 "));
        QVERIFY2(answer.startsWith("HTTP/1.1 503 ") && answer.contains("stuck"), answer.constData());
        ask("/ready");
        QVERIFY(kept.waitForReadyRead(20000));
        answer = kept.readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 503 ") && answer.contains("STUCK"), answer.constData());
        QTRY_COMPARE(get(server, "/health").status, 200);
    }

    void whoHasAKeyForItIsToldAll_data() { workersTable(); }
    void whoHasAKeyForItIsToldAll()
    {
        QFETCH(int, workers);
        const QTemporaryDir folder;
        ServerConfig guarded = config(workers);
        guarded.auth.apiKeys.file = folder.filePath(u"keys.json"_s);
        const auto key = [&](const QString &id, const QString &scope) {
            const auto text = apikeys::newKey(guarded.auth.apiKeys,
                                              {.id = id, .from = u"Bot"_s, .scopes = {scope}, .rooms = {}});
            return "Authorization: Bearer " + (text ? *text : QByteArray()) + "\r\n";
        };
        const QByteArray good = key(u"good"_s, u"monitor"_s);
        const QByteArray other = key(u"other"_s, u"join"_s);
        Dialogue server(guarded);
        QVERIFY(server.start());
        QCOMPARE(get(server, "/version", FromElsewhere + good).status, 200);
        QCOMPARE(get(server, "/version", FromElsewhere + other).status, 403);
        QCOMPARE(get(server, "/version", FromElsewhere + "Authorization: Bearer dlg_good_no\r\n").status,
                 403);
        QVERIFY(get(server, "/ready", FromElsewhere + good).body.contains(u"reasons"_s));
        QVERIFY(!get(server, "/ready", FromElsewhere + other).body.contains(u"reasons"_s));
        QCOMPARE(server.counters().apiKeys.accepted, 2);
        QCOMPARE(server.counters().apiKeys.refused, 3);
    }

    void theApplicationsOwnRoutesGoBefore()
    {
        Dialogue server(config(1));
        server.http().get("/health", [](const HttpRequest &) {
            return HttpResponse::json({{u"mine"_s, true}});
        });
        QVERIFY(server.start());
        QVERIFY(get(server, "/health").body[u"mine"_s].toBool());
        QCOMPARE(get(server, "/ready").status, 200);
    }

    void noneIsThereWhereNoneIsWanted()
    {
        ServerConfig closed = config(1);
        closed.health.enabled = false;
        Dialogue server(closed);
        QVERIFY(server.start());
        for (const char *path : {"/health", "/ready", "/version"})
            QCOMPARE(get(server, path).status, 404);
    }

    void aStoreThatFailsIsNotReady()
    {
        const auto kept = std::make_shared<MemoryStore::Kept>();
        ServerConfig storing = config(1);
        storing.persistence.own = [kept]() -> Result<std::unique_ptr<EventStore>> {
            return std::unique_ptr<EventStore>(new MemoryStore(kept));
        };
        Dialogue server(storing);
        QVERIFY(server.start());
        QCOMPARE(get(server, "/ready").status, 200);
        {
            const std::lock_guard lock(kept->mutex);
            kept->fails = true;
        }
        (void)server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"lost"_s}});
        QTRY_COMPARE(reasonsIn(get(server, "/ready")), QStringList{u"STORE_NOT_WRITABLE"_s});
        QCOMPARE(get(server, "/health").status, 200);
        {
            const std::lock_guard lock(kept->mutex);
            kept->fails = false;
        }
        QTRY_COMPARE(get(server, "/ready").status, 200);
    }

    void aServerThatDrainsIsNotReady()
    {
        std::vector<QPromise<Result<EventMessage>>> promises;
        const Hooks hooks{.beforeEachLater = [&](const EventMessage &, const QString &,
                                                 const ClientSnapshot &, const std::stop_token &) {
            promises.emplace_back().start();
            return promises.back().future();
        }};
        ServerConfig patient = config(1);
        patient.drain.timeout = std::chrono::minutes(10);
        Dialogue server(patient, hooks);
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"first"_s));
        QTRY_COMPARE(promises.size(), 1u);
        server.stop();
        QCOMPARE(reasonsIn(get(server, "/ready")), QStringList{u"SERVER_DRAINING"_s});
        QCOMPARE(get(server, "/health").status, 200);
        server.stop();
    }
};

DIALOGUE_TEST(TestHealth, QCoreApplication)
#include "tst_health.moc"
