#include "server/health/probes.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Path = Probes::Path;

namespace {

Vitals::Clock::time_point probedAt;

HttpRequest asking(const QByteArray &path, const char *address, const QByteArray &authorization = {})
{
    HttpRequest request;
    request.method = "GET";
    request.target = path;
    request.path = path;
    request.peerAddress = QHostAddress(QString::fromLatin1(address));
    request.headers.append("Host", "127.0.0.1:3000");
    if (!authorization.isEmpty())
        request.headers.append("Authorization", authorization);
    return request;
}

QJsonObject bodyOf(const HttpResponse &response) { return QJsonDocument::fromJson(response.body).object(); }

} // namespace

class TestProbes : public QObject
{
    Q_OBJECT

    std::shared_ptr<Vitals> m_vitals;

    Probes probes(bool isOpen = false) const
    {
        return {m_vitals, isOpen, {Path::Health, Path::Ready, Path::Version}};
    }
    static constexpr const char *Here = "127.0.0.1";
    static constexpr const char *Elsewhere = "192.0.2.1";

private Q_SLOTS:
    void init()
    {
        probedAt = Vitals::Clock::time_point(1h);
        m_vitals = std::make_shared<Vitals>([] { return probedAt; });
        m_vitals->setListening(true);
    }

    void anybodyIsToldWhetherItIsWell()
    {
        for (const char *from : {Here, Elsewhere}) {
            probedAt = Vitals::Clock::time_point(1h);
            const auto well = probes().answerAtOnce(asking("/health", from, "Bearer dlg_a_b"));
            QVERIFY(well);
            QCOMPARE(well->status, 200);
            QCOMPARE(bodyOf(*well), (QJsonObject{{u"status"_s, u"ok"_s}}));
            QCOMPARE(well->headers.value("Cache-Control"), QByteArray("no-store"));
            probedAt += 6s;
            const auto stuck = probes().answerAtOnce(asking("/health", from));
            QCOMPARE(stuck->status, 503);
            QCOMPARE(bodyOf(*stuck), (QJsonObject{{u"status"_s, u"stuck"_s}}));
        }
    }

    void whyItIsNotReadyIsForWhoIsHere()
    {
        m_vitals->setStoring(false);
        m_vitals->setDraining();
        const auto here = probes().answerAtOnce(asking("/ready", Here));
        QCOMPARE(here->status, 503);
        QCOMPARE(bodyOf(*here)[u"ready"_s], QJsonValue(false));
        QStringList codes;
        for (const QJsonValue &reason : bodyOf(*here)[u"reasons"_s].toArray()) {
            QVERIFY(!reason[u"message"_s].toString().isEmpty());
            codes.append(reason[u"code"_s].toString());
        }
        QCOMPARE(codes, (QStringList{u"STORE_NOT_WRITABLE"_s, u"SERVER_DRAINING"_s}));
        const auto elsewhere = probes().answerAtOnce(asking("/ready", Elsewhere));
        QCOMPARE(elsewhere->status, 503);
        QCOMPARE(bodyOf(*elsewhere), (QJsonObject{{u"ready"_s, false}}));
        const auto open = probes(true).answerAtOnce(asking("/ready", Elsewhere));
        QCOMPARE(bodyOf(*open)[u"reasons"_s].toArray().size(), 2);
    }

    void itIsReady()
    {
        const auto ready = probes().answerAtOnce(asking("/ready", Here));
        QCOMPARE(ready->status, 200);
        QCOMPARE(bodyOf(*ready), (QJsonObject{{u"ready"_s, true}, {u"reasons"_s, QJsonArray()}}));
    }

    void whichVersionItIsIsForWhoIsHere()
    {
        const auto here = probes().answerAtOnce(asking("/version", Here));
        QCOMPARE(here->status, 200);
        QCOMPARE(bodyOf(*here)[u"version"_s].toString(), QStringLiteral(DIALOGUE_VERSION));
        const auto elsewhere = probes().answerAtOnce(asking("/version", Elsewhere));
        QCOMPARE(elsewhere->status, 403);
        QVERIFY(bodyOf(*elsewhere)[u"message"_s].toString().contains(u"monitor"));
        QVERIFY(!elsewhere->body.contains(DIALOGUE_VERSION));
        QCOMPARE(probes(true).answerAtOnce(asking("/version", Elsewhere))->status, 200);
    }

    void aKeyIsTheHubsToJudge()
    {
        QVERIFY(!probes().answerAtOnce(asking("/version", Elsewhere, "Bearer x")));
        QVERIFY(!probes().answerAtOnce(asking("/ready", Elsewhere, "Bearer x")));
        QVERIFY(probes().answerAtOnce(asking("/version", Here, "Bearer x")));
        QCOMPARE(probes().answer(Path::Version, true).status, 200);
        QCOMPARE(probes().answer(Path::Version, false).status, 403);
        // A hub that is stuck judges nobody, and who asks hears that much.
        probedAt += 6s;
        const auto stuck = probes().answerAtOnce(asking("/ready", Elsewhere, "Bearer x"));
        QVERIFY(stuck);
        QCOMPARE(stuck->status, 503);
        QCOMPARE(bodyOf(*stuck), (QJsonObject{{u"ready"_s, false}}));
    }

    void allElseIsNotTheirs()
    {
        QVERIFY(!probes().answerAtOnce(asking("/", Here)));
        QVERIFY(!probes().answerAtOnce(asking("/health/", Here)));
        HttpRequest post = asking("/health", Here);
        post.method = "POST";
        QVERIFY(!probes().answerAtOnce(post));
        const Probes some(m_vitals, false, {Path::Ready});
        QVERIFY(!some.answerAtOnce(asking("/health", Here)));
        QVERIFY(some.answerAtOnce(asking("/ready", Here)));
    }
};

DIALOGUE_TEST(TestProbes, QCoreApplication)
#include "tst_probes.moc"
