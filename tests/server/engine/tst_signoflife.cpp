#include "sessionfixture.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::engineio;
using dialogue::engineio::test::SessionFixture;

/** A session that is asked whether its client lives. */
class TestSignOfLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhateverComesAfterThePing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("binary");
        QTest::newRow("a pong") << QByteArray("3") << QByteArray();
        QTest::newRow("a message") << QByteArray("4hello") << QByteArray();
        QTest::newRow("binary") << QByteArray() << QByteArray("\x09");
        QTest::newRow("a broken packet") << QByteArray("x") << QByteArray();
    }
    void isWhateverComesAfterThePing()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, binary);
        SessionFixture f;
        f.settings.aliveFor = std::chrono::milliseconds(0);
        const auto socket = f.openWebSocket();
        socket->listener->textReceived("4before");
        QCOMPARE(f.heard, 0);
        socket->sent.clear();
        f.session->askWhetherAlive();
        QCOMPARE(socket->sent, QList<QByteArray>{"2"});
        f.session->askWhetherAlive(); // It has been asked.
        QCOMPARE(socket->sent.size(), 1);
        QCOMPARE(f.heard, 0);
        const auto come = [&] {
            if (binary.isEmpty())
                socket->listener->textReceived(text);
            else
                socket->listener->binaryReceived(binary);
        };
        come();
        QCOMPARE(f.heard, 1);
        if (text == "x")
            return;
        come();
        QCOMPARE(f.heard, 1);
        f.session->askWhetherAlive(); // Once more.
        QCOMPARE(socket->sent.size(), 2);
        come();
        QCOMPARE(f.heard, 2);
    }

    void isNotAskedForAgainOfWhoHasJustAnswered()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        socket->sent.clear();
        f.session->askWhetherAlive(); // That it was opened is no answer: it may have died since.
        QCOMPARE(socket->sent.size(), 1);
        socket->listener->textReceived("3");
        for (int i = 0; i < 100; ++i)
            f.session->askWhetherAlive();
        QCOMPARE(f.heard, 101);
        QCOMPARE(socket->sent.size(), 1);
    }

    void isTheNextRequestOfOneThatPolls_data()
    {
        QTest::addColumn<bool>("polls");
        QTest::newRow("with a GET there") << true;
        QTest::newRow("without") << false;
    }
    void isTheNextRequestOfOneThatPolls()
    {
        QFETCH(bool, polls);
        SessionFixture f;
        f.openPolling();
        SessionFixture::Answer waiting;
        if (polls)
            waiting = f.get();
        f.session->askWhetherAlive();
        f.turnEnd.flushAll();
        QCOMPARE(f.heard, 0); // That it is there was so before.
        if (!polls)
            waiting = f.get();
        f.turnEnd.flushAll();
        QCOMPARE(waiting->body(), QByteArray("2"));
        if (polls)
            f.post("3");
        QCOMPARE(f.heard, 1);
    }

    void isTakenForGrantedWhereItIsNotRead()
    {
        SessionFixture f;
        f.openWebSocket();
        f.session->setReadPaused(true);
        f.session->askWhetherAlive();
        QCOMPARE(f.heard, 1);
    }

    void isNothingThatOneWhoIsGoneIsAskedFor()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        f.session->close(CloseReason::ServerClosed);
        socket->sent.clear();
        f.session->askWhetherAlive();
        QVERIFY(socket->sent.isEmpty());
        QCOMPARE(f.heard, 0);
    }
};

DIALOGUE_TEST(TestSignOfLife, QCoreApplication)
#include "tst_signoflife.moc"
