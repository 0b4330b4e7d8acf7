#include "server/tcp/createsender.h"
#include "server/tcp/socketsender.h"

#include "testclasses.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <thread>
#include <utility>
#include <vector>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

/** Two ends of a stream; what goes into ours comes out of the other. */
class StreamPair
{
public:
    StreamPair()
    {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0)
            qFatal("socketpair: %s", strerror(errno));
        ours = ends[0];
        theirs = ends[1];
    }
    StreamPair(StreamPair &&other) noexcept
        : ours(std::exchange(other.ours, -1))
        , theirs(std::exchange(other.theirs, -1))
    { }
    ~StreamPair()
    {
        ::close(ours);
        hangUp();
    }
    StreamPair &operator=(StreamPair &&) = delete;

    void hangUp()
    {
        if (theirs >= 0)
            ::close(std::exchange(theirs, -1));
    }

    [[nodiscard]] QByteArray received() const
    {
        QByteArray all;
        std::array<char, 65536> part{};
        ssize_t got = 0;
        while ((got = ::recv(theirs, part.data(), part.size(), MSG_DONTWAIT)) > 0)
            all.append(part.data(), got);
        return all;
    }

    int ours;
    int theirs;
};

std::vector<iovec> vectors(QList<QByteArray> &&) = delete; // they would point at what is gone
std::vector<iovec> vectors(const QList<QByteArray> &parts)
{
    std::vector<iovec> all;
    for (const QByteArray &part : parts)
        all.push_back({const_cast<char *>(part.constData()), std::size_t(part.size())});
    return all;
}

/** The calling thread may not have a ring any more, as in many containers. */
void forbidIoUring()
{
    const std::array<sock_filter, 4> program{{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    }};
    sock_fprog filter{.len = program.size(), .filter = const_cast<sock_filter *>(program.data())};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
        || ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
        qFatal("seccomp: %s", strerror(errno));
}

} // namespace

/** What is asked of every way to send, whichever this machine has. */
class TestSender : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsEachItsOwn_data() { kinds(); }
    void sendsEachItsOwn()
    {
        QFETCH(bool, ioUring);
        const auto sender = createSender(ioUring);
        for (const int count : {1, 3, 4, 5, 200}) {
            std::vector<StreamPair> pairs(static_cast<std::size_t>(count));
            QList<QByteArray> texts;
            for (int i = 0; i < count; ++i)
                texts.append("message " + QByteArray::number(i));
            const std::vector<iovec> data = vectors(texts);
            std::vector<SendRequest> requests;
            for (std::size_t i = 0; i < pairs.size(); ++i)
                requests.push_back({.target = pairs[i].ours, .data = {&data[i], 1}});
            sender->sendAll(requests);
            for (std::size_t i = 0; i < pairs.size(); ++i) {
                QCOMPARE(requests[i].result, texts[qsizetype(i)].size());
                QCOMPARE(pairs[i].received(), texts[qsizetype(i)]);
            }
        }
    }

    void sendsMoreThanOneSubmissionHolds_data() { kinds(); }
    void sendsMoreThanOneSubmissionHolds()
    {
        QFETCH(bool, ioUring);
        const auto sender = createSender(ioUring);
        std::vector<StreamPair> pairs(100);
        const QList<QByteArray> parts{"x"};
        const std::vector<iovec> data = vectors(parts);
        std::vector<SendRequest> requests;
        for (std::size_t i = 0; i < 5000; ++i)
            requests.push_back({.target = pairs[i % pairs.size()].ours, .data = data});
        sender->sendAll(requests);
        for (const SendRequest &request : requests)
            QCOMPARE(request.result, 1);
        for (const StreamPair &pair : pairs)
            QCOMPARE(pair.received(), QByteArray(50, 'x'));
    }

    void sendsThePartsOfOneInOrder_data() { kinds(); }
    void sendsThePartsOfOneInOrder()
    {
        QFETCH(bool, ioUring);
        const auto sender = createSender(ioUring);
        const QList<QByteArray> parts{"one ", "two ", "three"};
        const std::vector<iovec> data = vectors(parts);
        std::vector<StreamPair> pairs(10);
        std::vector<SendRequest> requests;
        for (const StreamPair &pair : pairs)
            requests.push_back({.target = pair.ours, .data = data});
        for (int round = 0; round < 3; ++round) {
            sender->sendAll(requests);
            for (std::size_t i = 0; i < pairs.size(); ++i) {
                QCOMPARE(requests[i].result, 13);
                QCOMPARE(pairs[i].received(), "one two three");
            }
        }
    }

    void takesWhatTheSocketTakesAndDoesNotWait_data() { kinds(); }
    void takesWhatTheSocketTakesAndDoesNotWait()
    {
        QFETCH(bool, ioUring);
        const auto sender = createSender(ioUring);
        const QByteArray much(8'000'000, 'x');
        const QList<QByteArray> parts{much};
        const std::vector<iovec> data = vectors(parts);
        std::vector<StreamPair> pairs(6);
        std::vector<SendRequest> requests;
        for (const StreamPair &pair : pairs)
            requests.push_back({.target = pair.ours, .data = data});
        sender->sendAll(requests);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            QVERIFY(requests[i].result > 0 && requests[i].result < much.size());
            QCOMPARE(pairs[i].received().size(), requests[i].result);
        }
        while (requests[0].result > 0)
            sender->sendAll(requests);
        for (const SendRequest &request : requests)
            QCOMPARE(request.result, -EAGAIN);
    }

    void saysOfEachWhatIsWrongWithIt_data() { kinds(); }
    void saysOfEachWhatIsWrongWithIt()
    {
        QFETCH(bool, ioUring);
        const auto sender = createSender(ioUring);
        std::vector<StreamPair> pairs(8);
        pairs[2].hangUp();
        const QList<QByteArray> parts{"hello"};
        const std::vector<iovec> data = vectors(parts);
        std::vector<SendRequest> requests;
        for (const StreamPair &pair : pairs)
            requests.push_back({.target = pair.ours, .data = data});
        requests[5].target = -1;
        sender->sendAll(requests); // A SIGPIPE would end the test here.
        for (std::size_t i = 0; i < pairs.size(); ++i)
            QCOMPARE(requests[i].result, i == 2 ? -EPIPE : i == 5 ? -EBADF : 5);
    }

    void sendsCallByCallWhereIoUringIsForbidden()
    {
        std::thread([] {
            forbidIoUring();
            QTest::ignoreMessage(
                QtInfoMsg,
                "No io_uring (Operation not permitted): what is sent in a turn goes out call by "
                "call. 'ioUring: false' asks for that");
            const auto sender = createSender(true);
            QVERIFY(dynamic_cast<SocketSender *>(sender.get()));
        }).join();
    }

private:
    static void kinds()
    {
        QTest::addColumn<bool>("ioUring");
        QTest::newRow("call by call") << false;
        QTest::newRow("with io_uring, where it is to be had") << true;
    }
};

DIALOGUE_TEST(TestSender, QCoreApplication)
#include "tst_sender.moc"
