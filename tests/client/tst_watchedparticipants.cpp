#include "await.h"
#include "client/participantsmodel.h"
#include "clientfixture.h"
#include "modelrows.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/** Who is in a room, against a real server over real sockets. */
class TestWatchedParticipants : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;

    void start(Presence presence, const PresenceConfig &own = {})
    {
        ServerConfig config = serverConfig();
        config.rooms[1].presence = presence;
        config.presence = own;
        m_server = std::make_unique<Dialogue>(config);
        QVERIFY(m_server->start());
    }
    ClientConfig as(const QString &user) const { return clientConfig(m_server->port(), user); }

private Q_SLOTS:
    void cleanup() { m_server.reset(); }

    void comesAndGoes_data()
    {
        QTest::addColumn<int>("atOnce");
        QTest::newRow("at once") << 50;
        QTest::newRow("in windows") << 0;
    }
    void comesAndGoes()
    {
        QFETCH(int, atOnce);
        start(Presence::Users, {.window = 10ms, .atOnce = atOnce});
        DialogueClient ann(as(u"ann"_s));
        const auto lab = await(ann.join(u"lab"_s));
        QVERIFY(lab);
        const ParticipantsModel model(*lab);
        QTRY_COMPARE(rowsOf(model), QStringList{u"ann"_s});
        auto bob = std::make_unique<DialogueClient>(as(u"bob"_s));
        DialogueClient again(as(u"ann"_s));
        QVERIFY(await(bob->join(u"lab"_s)));
        QVERIFY(await(again.join(u"lab"_s)));
        QTRY_COMPARE(rowsOf(model), (QStringList{u"ann"_s, u"bob"_s}));
        QTRY_COMPARE(model.connections(), 3);
        QCOMPARE(model.users(), 2);
        bob.reset();
        QTRY_COMPARE(rowsOf(model), QStringList{u"ann"_s});
        QTRY_COMPARE(model.connections(), 2);
    }

    void isCountsAloneWhereTheRoomSaysSo()
    {
        start(Presence::Counts);
        DialogueClient ann(as(u"ann"_s));
        const auto lab = await(ann.join(u"lab"_s));
        QVERIFY(lab);
        QCOMPARE((*lab)->presence(), Presence::Counts);
        QVERIFY(await((*lab)->watchParticipants()));
        QCOMPARE((*lab)->userCount(), 1);
        DialogueClient bob(as(u"bob"_s));
        QVERIFY(await(bob.join(u"lab"_s)));
        QTRY_COMPARE((*lab)->userCount(), 2);
        QVERIFY((*lab)->participants().isEmpty());
    }

    void isRefusedWhereTheRoomTellsNothing()
    {
        start(Presence::Off);
        DialogueClient ann(as(u"ann"_s));
        const auto lab = await(ann.join(u"lab"_s));
        QVERIFY(lab);
        const auto watching = await((*lab)->watchParticipants());
        QVERIFY(!watching);
        QCOMPARE(watching.error().code, ErrorCode::PermissionDenied);
    }

    void changesWithTheRoom()
    {
        start(Presence::Users);
        DialogueClient ann(as(u"ann"_s));
        const auto lab = await(ann.join(u"lab"_s));
        QVERIFY(lab);
        const ParticipantsModel model(*lab);
        QTRY_COMPARE(model.rowCount(), 1);
        RoomConfig config = m_server->room(u"lab"_s)->config();
        config.presence = Presence::Off;
        QVERIFY(m_server->updateRoom(config));
        QTRY_COMPARE(model.rowCount(), 0);
        QCOMPARE(model.users(), 0);
    }

    void staysTrueInACrowd()
    {
        start(Presence::Users, {.window = 5ms, .atOnce = 3, .noticeSize = 1024, .page = 4});
        DialogueClient ann(as(u"ann"_s));
        const auto lab = await(ann.join(u"lab"_s));
        QVERIFY(lab);
        const ParticipantsModel model(*lab);
        std::vector<std::unique_ptr<DialogueClient>> crowd;
        QStringList expected{u"ann"_s};
        for (int i = 0; i < 30; ++i) {
            crowd.push_back(std::make_unique<DialogueClient>(as(u"user %1"_s.arg(i))));
            (void)crowd.back()->join(u"lab"_s);
        }
        Room *const room = m_server->room(u"lab"_s);
        QTRY_COMPARE(room->size(), 31);
        for (int i = 0; i < 30; i += 2)
            crowd[static_cast<std::size_t>(i)].reset();
        for (int i = 1; i < 30; i += 2)
            expected.append(u"user %1"_s.arg(i));
        expected.sort();
        QTRY_COMPARE(rowsOf(model), expected);
        QCOMPARE(model.users(), expected.size());
    }
};

DIALOGUE_TEST(TestWatchedParticipants, QCoreApplication)
#include "tst_watchedparticipants.moc"
