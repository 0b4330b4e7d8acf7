#include "otherservice.h"
#include "processes.h"
#include "program.h"
#include "testclasses.h"

#include <QTest>

#include <atomic>
#include <memory>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** examples/coroutines as it is, which asks a service of the test's. */
class TestCoroutines : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_url = m_server.waitForUrl();
        QVERIFY2(m_url.isValid(), m_server.said().constData());
    }

    void aMemberComesInOnceTheServiceIsNotBusyAnyMore()
    {
        m_busyFor = 2;
        m_asked = 0;
        RunningDialogue tail(tailAs(u"ann"_s));
        QVERIFY2(tail.waitForErr("following lobby"), m_server.said().constData());
        QCOMPARE(m_asked.load(), 3);
        QCOMPARE(triggerAs(u"ann"_s).exitCode, 0);
        QVERIFY2(tail.waitForOut("hello"), tail.out().constData());
    }

    void whoIsNoMemberIsTold()
    {
        const Outcome outcome = triggerAs(u"bob"_s);
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("Members only"), outcome.err.constData());
    }

    void aServiceThatStaysBusyIsAskedFourTimes()
    {
        m_busyFor = 1000;
        m_asked = 0;
        const Outcome outcome = triggerAs(u"ann"_s);
        QVERIFY2(outcome.err.contains("Who is a member cannot be found out now"), outcome.err.constData());
        QCOMPARE(m_asked.load(), 4);
        m_busyFor = 0;
    }

    void nobodyWaitsForTheOneThatIsNotAnsweredAndWhoLeavesIsNotAskedAbout()
    {
        RunningDialogue silent(tailAs(u"eve"_s));
        QTRY_VERIFY(m_isSilent);
        QCOMPARE(triggerAs(u"ann"_s).exitCode, 0);
        QVERIFY(!silent.interrupt().err.contains("following"));
        QVERIFY2(m_server.waitFor("Operation canceled"), m_server.said().constData());
    }

    void aRequestIsAnsweredByWhatTwoQuestionsBring()
    {
        const Outcome outcome = requestProfile(u"\"ann\""_s);
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.contains("\"Ann\"") && outcome.out.contains("\"Kitchen\""),
                 outcome.out.constData());
    }

    void whereOneOfThemFailsTheRequestDoes()
    {
        QCOMPARE(requestProfile(u"\"nobody\""_s).exitCode, 3);
        QCOMPARE(requestProfile(u"\"loner\""_s).exitCode, 3);
    }

private:
    void addRoutes(HttpRouter &routes)
    {
        const auto silence = std::make_shared<QList<HttpResponder>>(); // Ends in the service's thread.
        routes.routeAsync("GET", "/rooms/lobby/members/:user",
                          [this, silence](const HttpRequest &request, const HttpResponder &responder) {
                              answer(request.parameter("user"), responder, *silence);
                          });
        routes.get("/users/:user", [](const HttpRequest &request) {
            const QByteArray user = request.parameter("user");
            if (user == "ann")
                return HttpResponse::json({{u"name"_s, u"Ann"_s}, {u"team"_s, u"k"_s}});
            return user == "loner" ? HttpResponse::json({{u"name"_s, u"Loner"_s}, {u"team"_s, u"none"_s}})
                                   : HttpResponse::text("who?", 404);
        });
        routes.get("/teams/k", [](const HttpRequest &) {
            return HttpResponse::json({{u"name"_s, u"Kitchen"_s}});
        });
    }

    /** In the service's thread. */
    void answer(const QByteArray &user, const HttpResponder &responder, QList<HttpResponder> &silence)
    {
        ++m_asked;
        if (user == "eve") {
            silence.append(responder);
            m_isSilent = true;
        } else if (m_busyFor > 0) {
            --m_busyFor;
            responder.respond(HttpResponse::text("busy", 503));
        } else if (user == "ann") {
            responder.respond(HttpResponse::json({{u"since"_s, 2024}}));
        } else {
            responder.respond(HttpResponse::text("who?", 404));
        }
    }

    [[nodiscard]] QStringList as(const QString &user) const
    {
        return {u"--token"_s, user, u"--url"_s, m_url.toString()};
    }
    [[nodiscard]] QStringList tailAs(const QString &user) const
    {
        return QStringList{u"tail"_s, u"lobby"_s} + as(user);
    }
    [[nodiscard]] Outcome triggerAs(const QString &user) const
    {
        return runDialogue(QStringList{u"trigger"_s, u"lobby"_s, u"message"_s, u"{\"text\":\"hello\"}"_s}
                           + as(user));
    }
    [[nodiscard]] Outcome requestProfile(const QString &data) const
    {
        return runDialogue(QStringList{u"request"_s, u"profile"_s, data} + as(u"ann"_s));
    }

    std::atomic<int> m_busyFor = 0;
    std::atomic<int> m_asked = 0;
    std::atomic<bool> m_isSilent = false;
    OtherService m_service{[this](HttpRouter &routes) { addRoutes(routes); }};
    Program m_server{QStringLiteral(COROUTINES), {m_service.url().toString(), u"0"_s}};
    QUrl m_url;
};

DIALOGUE_TEST(TestCoroutines, QCoreApplication)
#include "tst_coroutines.moc"
