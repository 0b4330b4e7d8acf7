#include "lastwords.h"
#include "roomsfixture.h"
#include "testclasses.h"

#include <thread>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Rooms and clients live in the hub's thread; who calls them from another one is told. */
class TestWrongThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void debugBuildsAssert_data()
    {
        QTest::addColumn<std::function<void(Room &, ConnectedClient &)>>("call");
        const auto row = [](const char *name, const std::function<void(Room &, ConnectedClient &)> &call) {
            QTest::newRow(name) << call;
        };
        row("Room::size", [](Room &room, ConnectedClient &) { (void)room.size(); });
        row("Room::trigger", [](Room &room, ConnectedClient &) { (void)room.trigger(u"message"_s, 1); });
        row("Room::on",
            [](Room &room, ConnectedClient &client) { room.on(u"message"_s, &client, [](auto &&) {}); });
        row("ConnectedClient::userId", [](Room &, ConnectedClient &client) { (void)client.userId(); });
        row("ConnectedClient::join", [](Room &, ConnectedClient &client) { (void)client.join(u"chat"_s); });
        row("ConnectedClient::send", [](Room &, ConnectedClient &client) { client.send(u"hello"_s); });
    }
    void debugBuildsAssert()
    {
        using Call = std::function<void(Room &, ConnectedClient &)>;
        QFETCH(Call, call);
        RoomsFixture f({.rooms = {chatRoom()}});
        Room &room = *f.rooms.find(u"chat"_s);
        ConnectedClient &client = *f.client(f.connectAs(u"ann"_s));
        const QByteArray said = test::lastWordsOf([&] { std::thread([&] { call(room, client); }).join(); });
#ifdef QT_NO_DEBUG
        QCOMPARE(said, QByteArray()); // There are no assertions.
#else
        QVERIFY2(said.contains("called from another thread than the object lives in"), said.constData());
#endif
        QCOMPARE(test::lastWordsOf([&] { call(room, client); }), QByteArray());
    }
};

DIALOGUE_TEST(TestWrongThread, QCoreApplication)
#include "tst_wrongthread.moc"
