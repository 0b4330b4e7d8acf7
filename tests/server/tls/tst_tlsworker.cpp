#include "server/tls/tlsworker.h"

#include "testclasses.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace std::chrono_literals;

namespace {

/** One that is told to wait, and to read again. */
class Handshake final : public tls::TlsWorker::Waiting
{
public:
    Handshake(QString name, QStringList &log)
        : m_name(std::move(name))
        , m_log(log)
    { }

private:
    void setWaiting(bool waits) override { m_log.append((waits ? u"-"_s : u"+"_s) + m_name); }

    const QString m_name;
    QStringList &m_log;
};

} // namespace

/** Whose handshake goes on in a turn, and who waits for a later one. */
class TestTlsWorker : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void letsThoseGoOnWhoHaveWaitedLongest()
    {
        QVERIFY(m_worker.mayGoOn(m_ann));
        m_worker.spent(3ms);
        QVERIFY(!m_worker.mayGoOn(m_bob));
        QVERIFY(!m_worker.mayGoOn(m_carl));
        QCOMPARE(taken(), u"-bob -carl"_s); // Nobody is asked again in this turn.
        endTurn();
        QCOMPARE(taken(), u"+bob +carl"_s);
        QVERIFY(m_worker.mayGoOn(m_bob));
        m_worker.spent(3ms);
        QVERIFY(!m_worker.mayGoOn(m_ann)); // A newcomer's place is behind
        QVERIFY(!m_worker.mayGoOn(m_carl)); // who had waited already.
        QCOMPARE(taken(), u"-ann -carl"_s);
        endTurn();
        QCOMPARE(taken(), u"+carl +ann"_s);
    }

    void letsNoNewcomerInBeforeThoseWhoWait()
    {
        QVERIFY(m_worker.mayGoOn(m_ann));
        m_worker.spent(3ms);
        std::vector<std::unique_ptr<Handshake>> many;
        for (int i = 0; i < 20; ++i) {
            many.push_back(std::make_unique<Handshake>(QString::number(i), m_log));
            QVERIFY(!m_worker.mayGoOn(*many.back()));
        }
        (void)taken();
        endTurn();
        QCOMPARE(m_log.size(), 16); // The others stay asleep,
        QVERIFY(!m_worker.mayGoOn(m_bob)); // and there is time, which is theirs.
        QVERIFY(m_worker.mayGoOn(*many[0]));
        (void)taken();
        for (const auto &each : many)
            m_worker.forget(*each);
        endTurn();
        QCOMPARE(taken(), u"+bob"_s);
    }

    void forgetsWhoIsGone()
    {
        QVERIFY(m_worker.mayGoOn(m_ann));
        m_worker.spent(3ms);
        QVERIFY(!m_worker.mayGoOn(m_bob));
        QVERIFY(!m_worker.mayGoOn(m_carl));
        (void)taken();
        m_worker.forget(m_bob);
        m_worker.forget(m_bob);
        endTurn();
        QCOMPARE(taken(), u"+carl"_s);
    }

    void cleanup()
    {
        for (Handshake *const each : {&m_ann, &m_bob, &m_carl})
            m_worker.forget(*each);
        endTurn();
        endTurn();
        (void)taken();
    }

private:
    void endTurn() { m_turnEnd.flushAll(); }
    QString taken() { return std::exchange(m_log, {}).join(u' '); }

    TurnEnd m_turnEnd;
    tls::TlsWorker m_worker{&m_turnEnd};
    QStringList m_log;
    Handshake m_ann{u"ann"_s, m_log};
    Handshake m_bob{u"bob"_s, m_log};
    Handshake m_carl{u"carl"_s, m_log};
};

DIALOGUE_TEST(TestTlsWorker, QCoreApplication)
#include "tst_tlsworker.moc"
