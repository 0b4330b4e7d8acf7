#include "storefixture.h"
#include "testclasses.h"

#include <QFileInfo>
#include <QTest>

#include <sys/resource.h>

#include <csignal>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

/** While it is there, files of this process grow to that size and no further: what a full disk does. */
class FullDisk
{
public:
    explicit FullDisk(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN); // The write says so, too.
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{static_cast<rlim_t>(bytes), m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

} // namespace

/** What becomes of events that cannot be stored. */
class TestStoreFailures : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    [[nodiscard]] ServerConfig config(Durability durability) const
    {
        return {.rooms = {chatRoom()}, .persistence = folder.persistence(durability)};
    }
    [[nodiscard]] qint64 logSize() const { return QFileInfo(folder.path() + u"-wal"_s).size(); }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void nobodyGetsWhatCouldNotBeStored()
    {
        StoredRooms run(config(Durability::Commit));
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QVERIFY(run.say(u"a"_s));
        run.take(ann);
        {
            const FullDisk full(logSize());
            const auto said = run.say(u"b"_s);
            QVERIFY(!said);
            QCOMPARE(said.error().code, ErrorCode::Unavailable);
            QCOMPARE(said.error().retryAfter, std::chrono::milliseconds(1000));
            QVERIFY(said.error().message.startsWith(u"The event could not be stored ("_s));
            QVERIFY(!run.counters().isWritable);
            // From now on at once, and nobody waits for a disk.
            const auto refused = run.chat().trigger(u"message"_s, textData(u"c"_s));
            QVERIFY(refused.isReady());
            QCOMPARE(refused.result().error().code, ErrorCode::Unavailable);
            QCOMPARE(refused.result().error().retryAfter, std::chrono::milliseconds(1000));
            QVERIFY(run.takeNames(ann).isEmpty());
            QCOMPARE(run.history(), QStringList{u"1 a"_s}); // Reading goes on.
        }
        QTRY_VERIFY(run.counters().isWritable); // It tries each second.
        QVERIFY(run.say(u"d"_s));
        QCOMPARE(run.takeNames(ann), QStringList{u"dialogue:event"_s});
        const QStringList history = run.history();
        run.settle();
        folder.crash();
        const StoredRooms next(config(Durability::Commit));
        QCOMPARE(next.history(), history);
    }

    void allThatWasSubmittedBehindItFailsWithIt()
    {
        StoredRooms run(config(Durability::Commit));
        QVERIFY(run.say(u"a"_s));
        {
            const FullDisk full(logSize());
            const Answer<EventMessage> b = run.chat().trigger(u"message"_s, textData(u"b"_s));
            const Answer<EventMessage> c = run.chat().trigger(u"message"_s, textData(u"c"_s));
            StoredRooms::waitFor(b); // Either may be answered first: refused at once, or with the others.
            StoredRooms::waitFor(c);
            QVERIFY(!b.result());
            QVERIFY(!c.result());
        }
        QTRY_VERIFY(run.counters().isWritable);
        QCOMPARE(run.say(u"d"_s)->offset, quint64(4)); // No number is used twice.
        run.settle();
        QCOMPARE(folder.stored(), (QList<quint64>{1, 4}));
    }

    void nothingIsStoredBehindWhatWasNot()
    {
        auto file = store::StoreFile::open(folder.persistence());
        QVERIFY(file);
        QList<bool> kept;
        Mailbox<store::StoreAnswer> answers(
            [&kept](store::StoreAnswer &&answer) { kept.append(answer.said.has_value()); });
        const auto log = std::make_shared<store::LogState>(1);
        const Encodings encodings{.kept = socketio::eventEncoding()};
        {
            store::StoreWriter writer(*file, 10, answers);
            QVERIFY(writer.start());
            // The second was on its way already when the writer had to give up another before it.
            log->generation = 1;
            quint64 last = 0;
            for (const quint64 generation : {quint64(1), quint64(0), quint64(1)}) {
                const EventMessage message{
                    .event = u"message"_s, .roomId = u"chat"_s, .data = {}, .from = {}};
                store::AppendEvent event{.log = log,
                                         .publication = Publication::create(
                                             encodings, {.offset = ++last, .seq = last}, message, "{}", {}),
                                         .sender = {},
                                         .id = {},
                                         .origin = {},
                                         .generation = generation,
                                         .promise = std::make_unique<QPromise<Result<void>>>()};
                writer.post(std::move(event));
            }
            QTRY_COMPARE(kept, (QList<bool>{true, false, true}));
        }
        QCOMPARE(folder.stored(), (QList<quint64>{1, 3}));
    }

    void whatWentOutAlreadyIsStoredLater()
    {
        QByteArray epoch;
        {
            StoredRooms run(config(Durability::Async));
            QVERIFY(run.say(u"a"_s));
            run.settle();
            {
                const FullDisk full(logSize());
                QVERIFY(run.say(u"b"_s)); // It cannot be known yet.
                QTRY_VERIFY(!run.counters().isWritable);
                QVERIFY(!run.say(u"c"_s));
            }
            QTRY_VERIFY(run.counters().isWritable);
            run.settle();
            epoch = run.chat().epoch();
        }
        const StoredRooms next(config(Durability::Async));
        QCOMPARE(next.history(), (QStringList{u"2 b"_s, u"1 a"_s}));
        QCOMPARE(next.chat().epoch(), epoch);
    }

    void anEndThatCannotBeStoredIsTold()
    {
        QByteArray epoch;
        {
            auto run = std::make_unique<StoredRooms>(config(Durability::Async));
            QVERIFY(run->say(u"a"_s));
            run->settle();
            epoch = run->chat().epoch();
            const FullDisk full(logSize());
            QVERIFY(run->say(u"b"_s));
            run.reset();
        }
        const StoredRooms next(config(Durability::Async));
        QCOMPARE(next.history(), QStringList{u"1 a"_s});
        QVERIFY(next.chat().epoch() != epoch);
    }
};

DIALOGUE_TEST(TestStoreFailures, QCoreApplication)
#include "tst_storefailures.moc"
