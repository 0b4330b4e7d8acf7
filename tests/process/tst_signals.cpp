#include "process/endingsignals.h"
#include "process/signalnotifier.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;

namespace {

// A handler can reach nothing else.
volatile std::sig_atomic_t handled = 0; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

} // namespace

/** Signals that are held; each is raised in the thread of the test, as QtTest has one of its own. */
class TestSignals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        handled = 0;
        std::signal(SIGUSR1, [](int) { handled = handled + 1; });
    }

    void waitToBeTaken()
    {
        HeldSignals signals(signalSet({SIGUSR1, SIGUSR2}));
        QCOMPARE(signals.take(), 0);
        std::raise(SIGUSR2);
        QCOMPARE(signals.take(), SIGUSR2);
        std::raise(SIGUSR1);
        QCOMPARE(signals.take(), SIGUSR1);
        QCOMPARE(signals.take(), 0);
        QCOMPARE(int(handled), 0);
    }

    void doWhatTheyDoOnceTheyAreLetThrough()
    {
        HeldSignals signals(signalSet({SIGUSR1}));
        signals.letThrough();
        std::raise(SIGUSR1);
        QCOMPARE(int(handled), 1);
    }

    void areForgottenWhereNobodyTookThem()
    {
        {
            const HeldSignals signals(signalSet({SIGUSR1}));
            std::raise(SIGUSR1);
        }
        QCOMPARE(int(handled), 0);
        std::raise(SIGUSR1);
        QCOMPARE(int(handled), 1);
    }

    void comeOutOfTheEventLoop()
    {
        SignalNotifier notifier(signalSet({SIGUSR1, SIGUSR2}));
        QSignalSpy spy(&notifier, &SignalNotifier::came);
        std::raise(SIGUSR1);
        std::raise(SIGUSR2);
        QTRY_COMPARE(spy.size(), 2);
        QCOMPARE(spy.at(0).at(0).toInt() + spy.at(1).at(0).toInt(), SIGUSR1 + SIGUSR2);
        QCOMPARE(int(handled), 0);
    }
};

DIALOGUE_TEST(TestSignals, QCoreApplication)
#include "tst_signals.moc"
