#include "server/tcp/listensocket.h"

#include "testclasses.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <latch>
#include <optional>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Sockets to listen on: in the file system, and handed over by somebody else. */
class TestListenSocket : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] QString path() const { return m_folder.filePath(u"s"_s); }

    [[nodiscard]] bool takesConnections() const
    {
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray name = path().toUtf8();
        std::copy(name.begin(), name.end(), std::begin(address.sun_path));
        const bool connected
            = ::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
        ::close(descriptor);
        return connected;
    }

    /** What a server leaves that was killed. */
    void leaveAFile() const
    {
        auto socket = ListenSocket::unixSocket({path(), 0600});
        QVERIFY(socket);
        const QString kept = m_folder.filePath(u"kept"_s);
        QVERIFY(::rename(path().toUtf8().constData(), kept.toUtf8().constData()) == 0);
        socket = ListenSocket::tcp(u"127.0.0.1"_s, 0); // Closes it; the file is not found.
        QVERIFY(::rename(kept.toUtf8().constData(), path().toUtf8().constData()) == 0);
        QVERIFY(QFile::exists(path()) && !takesConnections());
    }

private Q_SLOTS:
    void isAFileWithTheModeAskedForAsLongAsItListens_data()
    {
        QTest::addColumn<uint>("mode");
        QTest::newRow("0660") << 0660U;
        QTest::newRow("0600") << 0600U;
        QTest::newRow("0666") << 0666U;
    }
    void isAFileWithTheModeAskedForAsLongAsItListens()
    {
        QFETCH(uint, mode);
        {
            const auto socket = ListenSocket::unixSocket({path(), mode});
            QVERIFY2(socket, socket ? "" : qPrintable(socket.error().text()));
            struct stat file
            { };
            QCOMPARE(::stat(path().toUtf8().constData(), &file), 0);
            QCOMPARE(uint(file.st_mode) & 0777U, mode);
            QVERIFY(takesConnections());
            QVERIFY(socket->isUnix());
            QCOMPARE(socket->path(), path());
            QCOMPARE(socket->port(), quint16(0));
        }
        QVERIFY(!QFile::exists(path()));
    }

    void takesThePlaceOfOneThatIsGone()
    {
        leaveAFile();
        const auto socket = ListenSocket::unixSocket({path(), 0600});
        QVERIFY2(socket, socket ? "" : qPrintable(socket.error().text()));
        QVERIFY(takesConnections());
    }

    void leavesWhatIsNotItsOwn()
    {
        const auto first = ListenSocket::unixSocket({path(), 0600});
        const auto second = ListenSocket::unixSocket({path(), 0600});
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::IoError);
        QCOMPARE(second.error().path, u"host"_s);
        QVERIFY2(second.error().message.contains(u"somebody listens there"_s),
                 qPrintable(second.error().message));
        QVERIFY(takesConnections());
    }

    void doesNotRemoveTheFileOfWhoCameAfterIt()
    {
        auto first = ListenSocket::unixSocket({path(), 0600});
        QVERIFY(first);
        QVERIFY(QFile::rename(path(), m_folder.filePath(u"away"_s)));
        const auto second = ListenSocket::unixSocket({path(), 0600});
        QVERIFY(second);
        first = ListenSocket::tcp(u"127.0.0.1"_s, 0);
        QVERIFY(takesConnections());
    }

    void doesNotReplaceAFileThatIsNoSocket()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("kept") == 4);
        file.close();
        const auto socket = ListenSocket::unixSocket({path(), 0600});
        QVERIFY(!socket);
        QVERIFY2(socket.error().message.contains(u"no socket"_s), qPrintable(socket.error().message));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "kept");
        QVERIFY(file.remove());
    }

    void saysWhyThereCanBeNone_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("why");
        QTest::newRow("relative") << u"run/s"_s << u"begins with \"/\""_s;
        QTest::newRow("empty") << QString() << u"begins with \"/\""_s;
        QTest::newRow("a folder") << u"/tmp/"_s << u"the name of a file"_s;
        QTest::newRow("too long") << u"/tmp/"_s + QString(103, u'x')
                                  << u"at most 107 bytes, this one has 108"_s;
        QTest::newRow("no mode") << u"/tmp/s,mode=rw"_s << u"is octal"_s;
        QTest::newRow("no such folder") << u"/no/such/folder/s"_s << u"No such file or directory"_s;
    }
    void saysWhyThereCanBeNone()
    {
        QFETCH(QString, path);
        QFETCH(QString, why);
        const auto address = UnixAddress::parse(u"unix:"_s + path);
        const auto socket
            = address ? ListenSocket::unixSocket(*address) : Result<ListenSocket>(address.error());
        QVERIFY(!socket);
        QVERIFY2(socket.error().message.contains(why), qPrintable(socket.error().message));
        QCOMPARE(socket.error().path, u"host"_s);
    }

    void mayHaveItsModeInItsAddress()
    {
        const auto plain = UnixAddress::parse(u"unix:/run/a,b.sock"_s);
        QVERIFY(plain);
        QCOMPARE(plain->path, u"/run/a,b.sock"_s);
        QCOMPARE(plain->mode, 0660U);
        const auto open = UnixAddress::parse(u"unix:/run/a.sock,mode=0666"_s);
        QVERIFY(open);
        QCOMPARE(open->path, u"/run/a.sock"_s);
        QCOMPARE(open->mode, 0666U);
    }

    void takesWhatIsHandedOver()
    {
        auto opened = ListenSocket::tcp(u"127.0.0.1"_s, 0);
        QVERIFY(opened);
        const auto tcp = ListenSocket::adopt(::dup(opened->descriptor()));
        QVERIFY(tcp);
        QCOMPARE(tcp->port(), opened->port());
        QCOMPARE(tcp->address(), QHostAddress(QHostAddress::LocalHost));
        QVERIFY(!tcp->isUnix());

        const auto made = ListenSocket::unixSocket({path(), 0600});
        {
            const auto unixSocket = ListenSocket::adopt(::dup(made->descriptor()));
            QVERIFY(unixSocket);
            QVERIFY(unixSocket->isUnix());
            QCOMPARE(unixSocket->path(), path());
            QVERIFY(::fcntl(unixSocket->descriptor(), F_GETFD) & FD_CLOEXEC);
            QVERIFY(::fcntl(unixSocket->descriptor(), F_GETFL) & O_NONBLOCK);
        }
        QVERIFY(takesConnections()); // The file is its maker's.
    }

    void refusesOtherKinds_data()
    {
        QTest::addColumn<int>("descriptor");
        QTest::addColumn<QString>("why");
        QTest::newRow("none") << 999 << u"is not open"_s;
        QTest::newRow("a file") << ::open("/dev/null", O_RDONLY | O_CLOEXEC) << u"is no socket"_s;
        QTest::newRow("UDP") << ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) << u"of datagrams"_s;
        QTest::newRow("datagrams of Unix")
            << ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) << u"of datagrams"_s;
        QTest::newRow("netlink") << ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0) << u"neither of TCP"_s;
        QTest::newRow("does not listen")
            << ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) << u"does not listen"_s;
    }
    void refusesOtherKinds()
    {
        QFETCH(int, descriptor);
        QFETCH(QString, why);
        const auto socket = ListenSocket::adopt(descriptor);
        QVERIFY(!socket);
        QVERIFY2(socket.error().message.contains(why), qPrintable(socket.error().message));
        QVERIFY(socket.error().message.contains(QString::number(descriptor)));
        QVERIFY(::fcntl(descriptor, F_GETFD) < 0); // It was ours.
    }

    void ofThoseThatStartAtOnceOneListens()
    {
        for (int round = 0; round < 100; ++round) {
            leaveAFile();
            constexpr int Servers = 4;
            std::latch start(Servers);
            std::vector<std::optional<Result<ListenSocket>>> sockets(Servers);
            std::vector<std::thread> threads;
            for (auto &socket : sockets) {
                threads.emplace_back([this, &start, &socket] {
                    start.arrive_and_wait();
                    socket = ListenSocket::unixSocket({path(), 0600});
                });
            }
            for (std::thread &thread : threads)
                thread.join();
            int listening = 0;
            for (const auto &socket : sockets) {
                const Result<ListenSocket> &started = *socket;
                listening += started ? 1 : 0;
                if (!started)
                    QVERIFY2(started.error().message.contains(u"somebody listens there"_s),
                             qPrintable(started.error().message));
            }
            QCOMPARE(listening, 1);
            QVERIFY(takesConnections());
        }
    }

    void aDirectoryThatIsLockedForLongIsTold()
    {
        const int directory = ::open(m_folder.path().toUtf8().constData(), O_RDONLY | O_DIRECTORY);
        QVERIFY(::flock(directory, LOCK_EX) == 0);
        const auto socket = ListenSocket::unixSocket({path(), 0600});
        ::close(directory);
        QVERIFY(!socket);
        QVERIFY2(socket.error().message.contains(u"locked"_s), qPrintable(socket.error().message));
        QVERIFY(!QFile::exists(path()));
    }
};

DIALOGUE_TEST(TestListenSocket, NoApplication)
#include "tst_listensocket.moc"
