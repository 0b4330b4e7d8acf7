#include "dialoguetest.h"
#include "lastwords.h"
#include "testclasses.h"

#include <QTest>

#include <thread>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** The one thread that it belongs to. Not for the thread sanitizer, which loses itself in a fork with
 * threads. */
class TestDialogueThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void debugBuildsAssertThatItIsUsedInItsThread()
    {
        Dialogue server(config(0));
        const auto wrongly = [&](const std::function<void()> &call) {
            return lastWordsOf([&] { std::thread(call).join(); });
        };
        const auto trigger = [&] { (void)server.trigger(u"chat"_s, u"message"_s, 1); };
        const auto port = [&] { (void)server.port(); };
#ifdef QT_NO_DEBUG
        QCOMPARE(wrongly(trigger) + wrongly(port), QByteArray()); // There are no assertions.
#else
        QVERIFY(wrongly(trigger).contains("called from another thread than the object lives in"));
        QVERIFY(wrongly(port).contains("called from another thread than the object lives in"));
#endif
        QCOMPARE(lastWordsOf(trigger) + lastWordsOf(port), QByteArray());
    }
};

DIALOGUE_TEST(TestDialogueThread, QCoreApplication)
#include "tst_dialoguethread.moc"
