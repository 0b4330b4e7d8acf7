#include "server/loop/epolldispatcher.h"
#include "server/loop/iothread.h"
#include "server/tcp/clientsocket.h"

#include "epollapplication.h"
#include "testclasses.h"
#include "tests/server/loop/epolltest.h"

#include <QTest>
#include <QThread>

#include <array>
#include <functional>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace dialogue;

namespace {

/** The other end of a ClientSocket, and whom that tells. */
class Fixture : private ByteStreamListener
{
public:
    Fixture()
    {
        std::array<int, 2> fds{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0)
            qFatal("no sockets");
        peer = fds[1];
        ::fcntl(peer, F_SETFL, O_NONBLOCK);
        socket = std::make_unique<ClientSocket>(fds[0], Place());
        socket->setListener(this);
    }
    ~Fixture() override
    {
        socket.reset();
        closePeer();
    }
    Q_DISABLE_COPY_MOVE(Fixture)

    void closePeer()
    {
        if (peer >= 0)
            ::close(std::exchange(peer, -1));
    }
    void peerSends(const QByteArray &bytes) const
    {
        QCOMPARE(::send(peer, bytes.constData(), std::size_t(bytes.size()), MSG_NOSIGNAL), bytes.size());
    }
    /** What is there for the peer by now; \a ended: and then the end. */
    QByteArray peerReads(bool *ended = nullptr) const
    {
        QByteArray all;
        std::array<char, 65536> piece{};
        while (true) {
            const auto count = ::recv(peer, piece.data(), piece.size(), MSG_DONTWAIT);
            if (count <= 0) {
                if (ended)
                    *ended = count == 0;
                return all;
            }
            all.append(piece.data(), count);
        }
    }
    void listen() { socket->setListener(this); }

    int peer = -1;
    std::unique_ptr<ClientSocket> socket;
    std::size_t most = 16384; ///< That is read in one go.
    QByteArray received;
    int calls = 0; ///< Of readyRead()
    int written = 0;
    int ends = 0;
    std::function<void()> whenReady;

private:
    void readyRead() override
    {
        ++calls;
        QByteArray piece(qsizetype(most), Qt::Uninitialized);
        received += piece.first(socket->read({piece.data(), most}));
        if (whenReady)
            whenReady();
    }
    void bytesWritten() override { ++written; }
    void disconnected() override { ++ends; }
};

/** More than the kernel takes. */
const QByteArray Much(1'000'000, 'm');

} // namespace

class TestClientSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void announcesWhatIsUnreadUntilItIsRead()
    {
        Fixture f;
        f.most = 2;
        f.peerSends("hello");
        QTRY_COMPARE(f.received, QByteArray("hello"));
        QCOMPARE(f.calls, 3);
    }

    void leavesInTheKernelWhatIsNotToBeReadNow()
    {
        Fixture f;
        f.socket->setReadPaused(true);
        f.peerSends("hello");
        turn();
        QCOMPARE(f.calls, 0);
        f.socket->setReadPaused(false);
        QTRY_COMPARE(f.received, QByteArray("hello"));
    }

    void readsNothingWithoutAListener()
    {
        Fixture f;
        f.socket->setListener(nullptr);
        f.peerSends("hello");
        turn();
        QCOMPARE(f.calls, 0);
        f.listen();
        QTRY_COMPARE(f.received, QByteArray("hello"));
    }

    void sendsAtOnce()
    {
        Fixture f;
        f.socket->write("one ");
        f.socket->write("two");
        QCOMPARE(f.socket->bytesToWrite(), 0);
        QCOMPARE(f.peerReads(), QByteArray("one two"));
        QCOMPARE(f.written, 0); // Nothing had to wait.
    }

    void sendsTheRestAsThePeerTakesIt()
    {
        Fixture f;
        f.socket->write(Much);
        QVERIFY(f.socket->bytesToWrite() > 0);
        f.socket->write("end");
        QByteArray all;
        QTRY_VERIFY((all += f.peerReads()).size() == Much.size() + 3);
        QCOMPARE(all, Much + "end");
        QCOMPARE(f.socket->bytesToWrite(), 0);
        QVERIFY(f.written > 0);
    }

    void tellsThatThePeerHasClosed()
    {
        Fixture f;
        f.peerSends("last words");
        f.closePeer();
        QTRY_COMPARE(f.ends, 1);
        QCOMPARE(f.received, QByteArray("last words"));
        QVERIFY(!f.socket->isConnected());
        f.socket->write("nobody");
        f.socket->abort();
        QCOMPARE(f.ends, 1);
    }

    void tellsThatThePeerIsGoneWhenItWrites()
    {
        Fixture f;
        f.closePeer();
        f.socket->write("hello");
        QCOMPARE(f.ends, 1);
        QCOMPARE(f.socket->bytesToWrite(), 0);
    }

    void owesAPeerThatHasSaidAllWhatIsUnsent()
    {
        Fixture f;
        f.socket->write(Much);
        ::shutdown(f.peer, SHUT_WR);
        QTRY_VERIFY(f.calls > 0);
        QCOMPARE(f.ends, 0);
        QByteArray all;
        QTRY_VERIFY((all += f.peerReads()).size() == Much.size());
        QTRY_COMPARE(f.ends, 1);
    }

    void closesLingering()
    {
        Fixture f;
        f.socket->setReadPaused(true);
        f.peerSends("never read");
        f.socket->write(Much);
        f.socket->closeGently();
        QVERIFY(f.socket->isLingering());
        QByteArray all;
        bool ended = false;
        QTRY_VERIFY((all += f.peerReads(&ended)).size() == Much.size() && ended);
        QCOMPARE(f.ends, 0);
        f.closePeer();
        QTRY_COMPARE(f.ends, 1);
        QCOMPARE(f.calls, 0);
    }

    void resetsAPeerThatNeverStopsSending()
    {
        Fixture f;
        f.socket->closeGently();
        qint64 sent = 0;
        const QByteArray piece(65536, 'x');
        QTRY_VERIFY([&] {
            while (true) {
                const auto count = ::send(f.peer, piece.constData(), std::size_t(piece.size()), MSG_NOSIGNAL);
                if (count < 0)
                    return f.ends > 0;
                sent += count;
            }
        }());
        QVERIFY(sent > ClientSocket::LingerBytes);
    }

    void mayBeAbortedWhileItTells()
    {
        Fixture f;
        f.whenReady = [&f] { f.socket->abort(); };
        f.peerSends("hello");
        QTRY_COMPARE(f.ends, 1);
        f.socket->abort();
        turn();
        QCOMPARE(f.calls, 1);
    }

    void speaksInAnotherThreadOnceItHasMoved()
    {
        Fixture f;
        f.socket->write(Much);
        IoThread thread(QStringLiteral("there"));
        thread.start();
        QThread *there = nullptr;
        thread.run([&] { there = QThread::currentThread(); });
        f.socket->moveTo(there);
        f.peerSends("hello");
        turn();
        QCOMPARE(f.calls, 0);
        QByteArray all = f.peerReads();
        thread.run([&] { f.listen(); });
        QTRY_VERIFY((all += f.peerReads()).size() == Much.size());
        thread.run([&] { f.socket.reset(); });
        QCOMPARE(f.received, QByteArray("hello"));
        QCOMPARE(f.ends, 0);
    }
};

DIALOGUE_TEST(TestClientSocket, QCoreApplication)
DIALOGUE_TEST_AS("epoll", TestClientSocket, EpollApplication)

#include "tst_clientsocket.moc"
