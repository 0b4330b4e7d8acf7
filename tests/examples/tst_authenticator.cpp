#include "otherservice.h"
#include "processes.h"
#include "program.h"
#include "testclasses.h"

#include <QTest>

#include <memory>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/** Of the service that knows whom a token is of. */
void addUserinfo(HttpRouter &routes)
{
    const auto silence = std::make_shared<QList<HttpResponder>>();
    routes.routeAsync(
        "GET", "/userinfo", [silence](const HttpRequest &request, const HttpResponder &responder) {
            const QByteArray said = request.headers.value("authorization");
            if (said == "Bearer good")
                responder.respond(HttpResponse::json({{u"sub"_s, u"ann"_s}, {u"role"_s, u"admin"_s}}));
            else if (said == "Bearer broken")
                responder.respond(HttpResponse::text("no database", 500));
            else if (said == "Bearer slow")
                silence->append(responder);
            else
                responder.respond(HttpResponse::text("who?", 401));
        });
}

} // namespace

/** examples/authenticator as it is, which asks a service of the test's. */
class TestAuthenticator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_url = m_server.waitForUrl();
        QVERIFY2(m_url.isValid(), m_server.said().constData());
    }

    void aClientIsWhomTheServiceNames()
    {
        RunningDialogue tail({u"tail"_s, u"lobby"_s, u"--token"_s, u"good"_s, u"--url"_s, m_url.toString()});
        QVERIFY(tail.waitForErr("following lobby"));
        QCOMPARE(trigger(u"good"_s).exitCode, 0);
        QVERIFY2(tail.waitForOut("ann"), tail.out().constData());
    }

    void aBadTokenIsRefused()
    {
        const Outcome outcome = trigger(u"stolen"_s);
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("Your token is not, or no longer, good for anything"),
                 outcome.err.constData());
    }

    void nobodyWaitsForTheOneThatIsNotAnswered()
    {
        RunningDialogue slow({u"tail"_s, u"lobby"_s, u"--token"_s, u"slow"_s, u"--url"_s, m_url.toString()});
        QCOMPARE(trigger(u"good"_s).exitCode, 0);
        QVERIFY(!slow.out().contains("following"));
    }

    void whereTheServiceFailsTheClientTriesAgain()
    {
        RunningDialogue tail(
            {u"tail"_s, u"lobby"_s, u"--token"_s, u"broken"_s, u"--url"_s, m_url.toString()});
        QVERIFY(tail.waitForErr("Who you are cannot be found out now"));
        QVERIFY2(m_server.waitFor("Asked who somebody is:"), m_server.said().constData());
    }

private:
    [[nodiscard]] Outcome trigger(const QString &token) const
    {
        return runDialogue({u"trigger"_s, u"lobby"_s, u"message"_s, u"{\"text\":\"hello\"}"_s, u"--token"_s,
                            token, u"--url"_s, m_url.toString()});
    }

    OtherService m_accounts{&addUserinfo};
    Program m_server{QStringLiteral(AUTHENTICATOR), {m_accounts.url().toString() + u"/userinfo"_s, u"0"_s}};
    QUrl m_url;
};

DIALOGUE_TEST(TestAuthenticator, QCoreApplication)
#include "tst_authenticator.moc"
