#include "client/connection/proxylookup.h"
#include "tests/client/support/await.h"

#include "testclasses.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue::client;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/** The system is asked for its proxy, and may take as long as it likes. */
class TestProxyLookup : public QObject
{
    Q_OBJECT

    static QNetworkProxyQuery of(const QString &host)
    {
        return QNetworkProxyQuery(QUrl(u"http://"_s + host));
    }

    /** Thinks until it is let go; outlives the test, as its thread may. */
    struct System
    {
        QSemaphore asked;
        QSemaphore go;
        std::atomic<int> times = 0;
    };
    std::shared_ptr<System> m_system;

    ProxyLookup::System system() const
    {
        return [system = m_system](const QNetworkProxyQuery &query) -> QList<QNetworkProxy> {
            ++system->times;
            system->asked.release();
            system->go.acquire();
            return {QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy-of-"_s + query.peerHostName(), 1)};
        };
    }
    static QString hostOf(const QSignalSpy &found)
    {
        return found.at(0).at(0).value<QNetworkProxy>().hostName();
    }

private Q_SLOTS:
    void init() { m_system = std::make_shared<System>(); }
    void cleanup() { m_system->go.release(100); }

    void theCallerGoesOnWhileTheSystemThinks()
    {
        ProxyLookup lookup(1h, system());
        QSignalSpy found(&lookup, &ProxyLookup::found);
        lookup.ask(of(u"a"_s));
        m_system->asked.acquire(); // in its thread
        QCOMPARE(found.count(), 0);
        m_system->go.release();
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 1, PatienceMs);
        QCOMPARE(hostOf(found), u"proxy-of-a"_s);
    }

    void whoeverIsDeletedWaitsForNobody()
    {
        auto lookup = std::make_unique<ProxyLookup>(1h, system());
        lookup->ask(of(u"a"_s));
        m_system->asked.acquire();
        lookup.reset(); // while the system thinks on
        QCOMPARE(m_system->times.load(), 1);
    }

    void withoutAnAnswerInTimeThereIsNoProxy()
    {
        ProxyLookup lookup(20ms, system());
        QSignalSpy found(&lookup, &ProxyLookup::found);
        lookup.ask(of(u"a"_s));
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 1, PatienceMs);
        QCOMPARE(found[0][0].value<QNetworkProxy>().type(), QNetworkProxy::NoProxy);
        lookup.ask(of(u"a"_s));
        lookup.ask(of(u"a"_s));
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 2, PatienceMs);
        QCOMPARE(m_system->times.load(), 1); // it still thinks about the first
    }

    void theLastQuestionIsTheOneThatIsAnswered()
    {
        ProxyLookup lookup(1h, system());
        QSignalSpy found(&lookup, &ProxyLookup::found);
        lookup.ask(of(u"a"_s));
        m_system->asked.acquire();
        lookup.ask(of(u"b"_s));
        m_system->go.release(2);
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 1, PatienceMs);
        QCOMPARE(hostOf(found), u"proxy-of-b"_s);
        QCOMPARE(m_system->times.load(), 2);
    }
};

DIALOGUE_TEST(TestProxyLookup, QCoreApplication)
#include "tst_proxylookup.moc"
