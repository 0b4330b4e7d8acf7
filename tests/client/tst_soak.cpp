#include "await.h"
#include "clientfixture.h"
#include "cuttingproxy.h"
#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <map>
#include <set>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Clients = 10;
constexpr int OutstandingPerRoom = 3;
const QStringList Rooms{u"lab"_s, u"den"_s};

/** One client that talks without a pause, and keeps book of all it hears and sends. */
class Talker : public QObject
{
public:
    Talker(const ClientConfig &config, int number)
        : m_number(number)
        , m_client(config)
    {
        for (const QString &roomId : Rooms) {
            m_client.join(roomId).then(this, [this](const Result<RoomContext *> &joined) {
                if (!joined)
                    qFatal("%s", qPrintable(joined.error().text()));
                begin(**joined);
            });
        }
    }

    struct Heard
    {
        quint64 first = 0; ///< What was before is none of ours.
        std::vector<quint64> offsets;
        std::vector<Gap> gaps;
    };

    void stop() { m_talking = false; }
    [[nodiscard]] bool isDone() const { return m_outstanding == 0 && m_client.outboxSize() == 0; }
    [[nodiscard]] bool reached(const QString &roomId, quint64 offset) const
    {
        const RoomContext *const room = m_client.room(roomId);
        return room && room->isJoined() && room->position().offset >= offset;
    }

    std::map<QString, Heard> heard;
    std::map<QString, quint64> acknowledged; ///< Message id to offset.
    QStringList refused;

private:
    void begin(RoomContext &room)
    {
        Heard &book = heard[room.roomId()];
        connect(&room, &RoomContext::gap, this, [&book](const Gap &gap) { book.gaps.push_back(gap); });
        room.onAny(this, [&book](const EventMessage &message) { book.offsets.push_back(message.offset); });
        book.first = room.position().offset + 1;
        for (int i = 0; i < OutstandingPerRoom; ++i)
            talk(room);
    }

    void talk(RoomContext &room)
    {
        if (!m_talking)
            return;
        ++m_outstanding;
        const QJsonObject data{{u"client"_s, m_number}, {u"n"_s, ++m_sent}};
        room.triggerWithAck(u"n"_s, data).then(this, [this, &room](const Result<TriggerReceipt> &receipt) {
            --m_outstanding;
            if (receipt)
                acknowledged[receipt->id] = receipt->offset;
            else
                refused.append(receipt.error().text());
            QTimer::singleShot(5, &room, [this, &room] { talk(room); });
        });
    }

    const int m_number;
    bool m_talking = true;
    int m_outstanding = 0;
    int m_sent = 0;
    DialogueClient m_client;
};

} // namespace

/** Ten clients, traffic all the while, and connections that are lost in every way, five hundred times. */
class TestSoak : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachEventOnceAndInOrderOrAGapAndEachTriggerAppliedOnce_data()
    {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<int>("cutsWanted");
        QTest::addColumn<int>("kept"); // events the server can recover
        QTest::addColumn<bool>("connectionState");
        QTest::newRow("a long memory") << quint32(20261123) << 400 << 5000 << false;
        QTest::newRow("a short memory, which leaves gaps") << quint32(1123) << 150 << 20 << false;
        QTest::newRow("connection state recovery besides") << quint32(1130) << 100 << 5000 << true;
    }
    void eachEventOnceAndInOrderOrAGapAndEachTriggerAppliedOnce()
    {
        QFETCH(quint32, seed);
        QFETCH(int, cutsWanted);
        QFETCH(int, kept);
        QFETCH(bool, connectionState);
        QRandomGenerator random(seed);

        ServerConfig config = serverConfig();
        config.rooms.append({.id = u"den"_s, .name = u"Den"_s, .defaultSubscriptions = {u"*"_s}});
        config.engine.pingInterval = std::chrono::milliseconds(150);
        config.engine.pingTimeout = std::chrono::milliseconds(350);
        config.history.recoveryEvents = kept;
        config.recovery.connectionState = connectionState;
        Dialogue server(config);
        QVERIFY(server.start());
        CuttingProxy proxy(server.port());
        proxy.duplicateEach(4);

        struct Applied
        {
            QString roomId;
            quint64 offset;
        };
        std::multimap<QString, Applied> applied; // message id to where
        connect(&server, &Dialogue::eventTriggered, this, [&](const EventMessage &message) {
            applied.insert({message.id, {message.roomId, message.offset}});
        });

        std::vector<std::unique_ptr<Talker>> talkers;
        for (int i = 0; i < Clients; ++i) {
            ClientConfig client = clientConfig(proxy.port(), u"user%1"_s.arg(i));
            client.transports = {i % 5 == 4 ? TransportKind::Polling : TransportKind::WebSocket};
            client.timeouts.connect = std::chrono::milliseconds(1500);
            client.timeouts.request = std::chrono::milliseconds(60000);
            talkers.push_back(std::make_unique<Talker>(client, i));
        }

        int cuts = 0;
        QTimer cutter;
        connect(&cutter, &QTimer::timeout, this, [&] {
            if (proxy.connections() == 0)
                return;
            const int victim = random.bounded(proxy.connections());
            if (proxy.isDoomed(victim))
                return;
            switch (random.bounded(8)) {
            case 0:
                proxy.swallow(victim);
                break;
            case 1:
            case 2:
            case 3:
                proxy.cutAfter(victim, random.bounded(1, 2000));
                break;
            case 4:
                proxy.hold(victim, random.bounded(1, 60));
                return; // delayed, not cut
            default:
                proxy.cut(victim);
            }
            if (++cuts == cutsWanted)
                cutter.stop();
        });
        cutter.start(20);
        QVERIFY(QTest::qWaitFor([&] { return cuts == cutsWanted; }, 100000));

        const auto enoughSaid = [&] {
            std::size_t said = 0;
            for (const auto &talker : talkers)
                said += talker->acknowledged.size();
            return said > static_cast<std::size_t>(cutsWanted);
        };
        QVERIFY(QTest::qWaitFor(enoughSaid, PatienceMs));
        for (const auto &talker : talkers)
            talker->stop();
        const auto allDone
            = [&] { return std::ranges::all_of(talkers, [](const auto &each) { return each->isDone(); }); };
        QVERIFY(QTest::qWaitFor(allDone, PatienceMs));
        const auto allCaughtUp = [&] {
            return std::ranges::all_of(talkers, [&](const auto &each) {
                return std::ranges::all_of(Rooms, [&](const QString &room) {
                    return each->reached(room, server.room(room)->offset());
                });
            });
        };
        QVERIFY(QTest::qWaitFor(allCaughtUp, PatienceMs));

        qsizetype acknowledged = 0;
        qsizetype gaps = 0;
        for (const auto &talker : talkers) {
            QVERIFY2(talker->refused.isEmpty(), qPrintable(talker->refused.join(u"; "_s)));
            for (const auto &[id, offset] : talker->acknowledged) {
                QCOMPARE(applied.count(id), std::size_t(1));
                QCOMPARE(applied.find(id)->second.offset, offset);
                ++acknowledged;
            }
            for (const auto &[roomId, heard] : talker->heard) {
                // Together, events and gaps cover the log from the join to its end.
                std::set<quint64> covered;
                quint64 last = 0;
                for (const quint64 offset : heard.offsets) {
                    QVERIFY2(offset > last, "an event came twice, or out of order");
                    last = offset;
                    covered.insert(offset);
                }
                for (const Gap &gap : heard.gaps) {
                    for (quint64 offset = gap.from; offset <= gap.to; ++offset)
                        covered.insert(offset);
                }
                for (quint64 offset = heard.first; offset <= server.room(roomId)->offset(); ++offset)
                    QVERIFY2(covered.contains(offset), qPrintable(u"%1 lost %2"_s.arg(roomId).arg(offset)));
                gaps += static_cast<qsizetype>(heard.gaps.size());
            }
        }
        QVERIFY(proxy.duplicated() > 0);
        qInfo() << cuts << "cuts," << proxy.accepted() << "connections," << proxy.duplicated()
                << "of them doubled," << acknowledged << "triggers acknowledged and applied once," << gaps
                << "gaps";
    }
};

DIALOGUE_TEST(TestSoak, QCoreApplication)
#include "tst_soak.moc"
