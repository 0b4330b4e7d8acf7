#include "processes.h"
#include "program.h"
#include "testclasses.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** examples/embedded-server as it is, with the command line as its client. */
class TestEmbeddedServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_url = m_server.waitForUrl();
        QVERIFY2(m_url.isValid(), m_server.said().constData());
    }

    void deliversATypedEvent()
    {
        RunningDialogue tail({u"tail"_s, u"greenhouse"_s, u"--url"_s, m_url.toString()});
        QVERIFY(tail.waitForErr("following greenhouse"));
        QCOMPARE(trigger(u"reading"_s, u"{\"sensor\":\"south\",\"celsius\":21.5}"_s).exitCode, 0);
        QVERIFY2(tail.waitForOut("21.5"), tail.out().constData());
    }

    void handlesATypedEvent()
    {
        QCOMPARE(trigger(u"reading"_s, u"{\"sensor\":\"roof\",\"celsius\":31.5}"_s).exitCode, 0);
        QVERIFY2(m_server.waitFor("\"roof\" is too warm: 31.5"), m_server.said().constData());
    }

    void refusesWhatDoesNotFitTheStruct()
    {
        const Outcome outcome = trigger(u"reading"_s, u"{\"sensor\":\"south\",\"celsius\":\"warm\"}"_s);
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("VALIDATION_FAILED: data.celsius"), outcome.err.constData());
    }

    void theHookRefusesATargetFromAClient()
    {
        const Outcome outcome = trigger(u"target"_s, u"{\"celsius\":12}"_s);
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("the target is set over HTTP alone"), outcome.err.constData());
    }

    void theRouteTriggersATarget()
    {
        RunningDialogue tail({u"tail"_s, u"greenhouse"_s, u"--url"_s, m_url.toString()});
        QVERIFY(tail.waitForErr("following greenhouse"));
        QCOMPARE(post(u"/target/22.5"_s), std::pair(200, QByteArray("set\n")));
        QVERIFY2(tail.waitForOut("22.5"), tail.out().constData());
        QVERIFY2(tail.out().contains("system"), tail.out().constData());
    }

    void theRouteTellsWhatTheSchemaRefuses()
    {
        const auto [status, body] = post(u"/target/80"_s);
        QCOMPARE(status, 400);
        QVERIFY2(body.startsWith("data.celsius: "), body.constData());
    }

private:
    [[nodiscard]] Outcome trigger(const QString &event, const QString &data) const
    {
        return runDialogue({u"trigger"_s, u"greenhouse"_s, event, data, u"--url"_s, m_url.toString()});
    }

    std::pair<int, QByteArray> post(const QString &path)
    {
        QUrl url = m_url;
        url.setPath(path);
        const std::unique_ptr<QNetworkReply> reply(m_http.post(QNetworkRequest(url), QByteArray()));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!finished.wait(30000))
            return {0, "no answer"};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
    }

    Program m_server{QStringLiteral(EMBEDDED_SERVER), {u"0"_s}};
    QUrl m_url;
    QNetworkAccessManager m_http;
};

DIALOGUE_TEST(TestEmbeddedServer, QCoreApplication)
#include "tst_embeddedserver.moc"
