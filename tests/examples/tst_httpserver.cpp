#include "processes.h"
#include "program.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** examples/http-server as it is, with the command line as its client. */
class TestHttpServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_url = m_server.waitForUrl();
        QVERIFY2(m_url.isValid(), m_server.said().constData());
    }

    void clientsAndRoutesShareAPort()
    {
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"--url"_s, m_url.toString()});
        QVERIFY2(tail.waitForErr("following chat"), m_server.said().constData());
        const QByteArray told = ask("GET", u"/rooms/chat"_s).second;
        QCOMPARE(QJsonDocument::fromJson(told).object(),
                 (QJsonObject{{u"id"_s, u"chat"_s}, {u"participants"_s, 1}}));
        QCOMPARE(ask("POST", u"/rooms/chat/from-a-route"_s).first, 204);
        QVERIFY2(tail.waitForOut("from-a-route"), tail.out().constData());
        const Outcome outcome
            = runDialogue({u"trigger"_s, u"chat"_s, u"message"_s, u"{\"text\":\"from a client\"}"_s,
                           u"--url"_s, m_url.toString()});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(tail.waitForOut("from a client"), tail.out().constData());
    }

    void aRouteTellsWhatIsNotThere()
    {
        QCOMPARE(ask("GET", u"/rooms/none"_s).first, 404);
        QCOMPARE(ask("POST", u"/rooms/none/x"_s).first, 400);
    }

private:
    std::pair<int, QByteArray> ask(const QByteArray &method, const QString &path)
    {
        QUrl url = m_url;
        url.setPath(path);
        const std::unique_ptr<QNetworkReply> reply(m_http.sendCustomRequest(QNetworkRequest(url), method));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!finished.wait(30000))
            return {0, "no answer"};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
    }

    Program m_server{QStringLiteral(HTTP_SERVER), {u"0"_s}};
    QUrl m_url;
    QNetworkAccessManager m_http;
};

DIALOGUE_TEST(TestHttpServer, QCoreApplication)
#include "tst_httpserver.moc"
