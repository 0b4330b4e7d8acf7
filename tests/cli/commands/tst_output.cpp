#include "processes.h"
#include "testclasses.h"

#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

namespace {

const QByteArray MessagesOnly = R"(
rooms:
  chat:
    events: [{name: message, history: {limit: 500}}]
)";

/** A pipe that has a name, and that nobody reads. */
class UnreadPipe
{
public:
    UnreadPipe()
        : name(m_dir.filePath(u"pipe"_s))
    {
        const QByteArray path = QFile::encodeName(name);
        if (mkfifo(path.constData(), 0600) == 0)
            m_descriptor = open(path.constData(), O_RDWR | O_CLOEXEC);
    }
    ~UnreadPipe() { close(m_descriptor); }
    UnreadPipe(const UnreadPipe &) = delete;
    UnreadPipe &operator=(const UnreadPipe &) = delete;

    [[nodiscard]] int size() const
    {
        int bytes = -1;
        ioctl(m_descriptor, FIONREAD, &bytes);
        return bytes;
    }
    [[nodiscard]] QByteArray take() const
    {
        QByteArray all(size(), '\0');
        return ::read(m_descriptor, all.data(), static_cast<size_t>(all.size())) == all.size() ? all
                                                                                               : QByteArray();
    }

private:
    QTemporaryDir m_dir;
    int m_descriptor = -1;

public:
    const QString name;
};

} // namespace

/** What the commands do when nobody takes what they write. */
class TestOutput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.start(MessagesOnly)); }

    void aFullDiskIsAFailure_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("help") << QStringList{u"--help"_s};
        QTest::newRow("version") << QStringList{u"--version"_s};
        QTest::newRow("rooms") << QStringList{u"rooms"_s};
        QTest::newRow("participants") << QStringList{u"participants"_s, u"chat"_s};
        QTest::newRow("trigger") << QStringList{u"trigger"_s, u"chat"_s, u"message"_s, u"1"_s};
        QTest::newRow("tail") << QStringList{u"tail"_s, u"chat"_s, u"--history=1"_s};
    }

    void aFullDiskIsAFailure()
    {
        QFETCH(QStringList, words);
        QCOMPARE(runDialogue(trigger()).exitCode, 0); // for tail to show
        if (!words.constFirst().startsWith(u'-'))
            words += {u"--url"_s, m_server.url()};
        const Outcome outcome = runDialogue(words, {}, u"/dev/full"_s);
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.contains("standard output: No space left on device\n"), outcome.err.constData());
    }

    void endsOnASignalAlthoughNobodyReads()
    {
        const UnreadPipe pipe;
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"--json"_s, u"--url"_s, m_server.url()}, pipe.name);
        QVERIFY(tail.waitForErr("following chat"));
        const QByteArray line = '"' + QByteArray(1000, 'x') + "\"\n";
        QCOMPARE(runDialogue(trigger(u"-"_s) + QStringList{u"--window=50"_s}, line.repeated(200)).exitCode,
                 0);
        QTRY_VERIFY(pipe.size() > 50'000); // next to full
        const Outcome outcome = tail.terminate();
        QCOMPARE(outcome.exitCode, 0);

        // It names the place up to which somebody may have read, and not that of the events it had received.
        const QByteArray option = "--since ";
        QVERIFY2(outcome.err.contains(option), outcome.err.constData());
        const QByteArray since = outcome.err.mid(outcome.err.indexOf(option) + option.size()).trimmed();
        const QByteArray written = pipe.take();
        const QByteArray lastWhole = written.left(written.lastIndexOf('\n')).split('\n').constLast();
        QVERIFY2(lastWhole.contains("\"offset\":" + since.mid(since.indexOf(':') + 1)),
                 (lastWhole.right(200) + since).constData());
    }

private:
    [[nodiscard]] QStringList trigger(const QString &data = u"1"_s) const
    {
        return {u"trigger"_s, u"chat"_s, u"message"_s, data, u"--url"_s, m_server.url()};
    }

    ServerProcess m_server;
};

DIALOGUE_TEST(TestOutput, QCoreApplication)
#include "tst_output.moc"
