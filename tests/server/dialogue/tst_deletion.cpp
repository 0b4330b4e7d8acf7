#include "dialoguetest.h"
#include "lastwords.h"
#include "testclasses.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace dialogue::test;

namespace {

/** A server that deletes itself where a test says so. */
struct Suicide
{
    explicit Suicide(const QByteArray &where)
        : place(where)
    {
        Hooks hooks;
        if (where == "authenticate") {
            hooks.authenticate = [this](const ConnectRequest &) -> Result<Identity> {
                end();
                return Identity{.userId = u"ann"_s};
            };
        } else if (where == "beforeJoin") {
            hooks.beforeJoin = [this](ConnectedClient &, const Room &) -> Result<void> {
                end();
                return {};
            };
        } else if (where == "beforeEach") {
            hooks.beforeEach = [this](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
                end();
                return {};
            };
        } else if (where == "onLoad") {
            hooks.onLoad
                = [this](const Room &, const QString &, HistoryRange) -> Result<QList<EventMessage>> {
                end();
                return QList<EventMessage>();
            };
        }
        server = new Dialogue(config(0), hooks);
        server->http().get("/end", [this, where](const HttpRequest &) {
            if (where == "a route")
                end();
            return HttpResponse::text("going on");
        });
        if (!server->start())
            qFatal("it does not start");
        const auto endIn = [this, where](const char *signal) {
            return [this, isIt = where == signal] {
                if (isIt)
                    end();
            };
        };
        const auto join = [](ConnectedClient *client) { (void)client->join(u"chat"_s); };
        QObject::connect(server, &Dialogue::clientConnected, server, endIn("clientConnected"));
        QObject::connect(server, &Dialogue::clientConnected, server, join);
        QObject::connect(server, &Dialogue::clientJoined, server, endIn("clientJoined"));
        QObject::connect(server, &Dialogue::clientLeft, server, endIn("clientLeft"));
        QObject::connect(server, &Dialogue::clientDisconnected, server, endIn("clientDisconnected"));
        QObject::connect(server, &Dialogue::roomCreated, server, endIn("roomCreated"));
        QObject::connect(server, &Dialogue::roomUpdated, server, endIn("roomUpdated"));
        QObject::connect(server, &Dialogue::roomDeleted, server, endIn("roomDeleted"));
        QObject::connect(server, &Dialogue::eventTriggered, server, endIn("eventTriggered"));
        QObject::connect(server, &Dialogue::eventCompleted, server, endIn("eventCompleted"));
        server->room(u"chat"_s)->on(u"*"_s, server,
                                    [endHere = endIn("a handler")](const EventMessage &) { endHere(); });
    }

    void end()
    {
        if (later)
            server->deleteLater();
        else
            delete server;
    }

    /** Everything that can happen to it. */
    void live()
    {
        const quint16 port = server->port();
        QTcpSocket browser;
        if (place == "a route") {
            browser.connectToHost(QHostAddress::LocalHost, port);
            browser.write("GET /end HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            (void)QTest::qWaitFor([&] { return browser.bytesAvailable() > 0; });
            return;
        }
        {
            TestClient ann(port, as(u"ann"_s));
            ann.waitFor(u"dialogue:joined"_s);
        }
        (void)QTest::qWaitFor([&] { return server->allClients().isEmpty(); });
        (void)server->trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"hi"_s}});
        (void)server->room(u"chat"_s)->history(u"message"_s, {0, 9});
        (void)server->createRoom({.id = u"new"_s, .name = u"New"_s});
        (void)server->updateRoom({.id = u"new"_s, .name = u"Newer"_s});
        (void)server->deleteRoom(u"new"_s);
    }

    const QByteArray place;
    bool later = false;
    Dialogue *server = nullptr;
};

} // namespace

/** A server that is deleted by the code that it calls, or when the application is gone. */
class TestDeletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byWhatItCallsItSaysWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("place");
        for (const char *place :
             {"authenticate", "beforeJoin", "beforeEach", "onLoad", "a route", "a handler", "clientConnected",
              "clientJoined", "clientLeft", "clientDisconnected", "roomCreated", "roomUpdated", "roomDeleted",
              "eventTriggered", "eventCompleted"})
            QTest::newRow(place) << QByteArray(place);
    }
    void byWhatItCallsItSaysWhatToDo()
    {
        QFETCH(QByteArray, place);
        const QByteArray words = lastWordsOf([&place] { Suicide(place).live(); });
        QVERIFY2(words.contains("deleted in one of its own hooks, handlers, routes or signals; call "
                                "deleteLater() there"),
                 words.constData());
    }

    void laterIsFineAndSoIsInStopped()
    {
        Suicide suicide("eventCompleted");
        suicide.later = true;
        QSignalSpy destroyed(suicide.server, &QObject::destroyed);
        (void)suicide.server->trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"hi"_s}});
        QCOMPARE(destroyed.size(), 0);
        QTRY_COMPARE(destroyed.size(), 1);

        for (const int workers : {0, 1}) {
            auto *const server = new Dialogue(config(workers));
            QSignalSpy gone(server, &QObject::destroyed);
            QVERIFY(server->start());
            connect(server, &Dialogue::stopped, server, [server] { delete server; });
            server->stop();
            QTRY_COMPARE(gone.size(), 1);
        }
    }

    void anotherServersHandlerMayDeleteIt()
    {
        Dialogue first(config(0));
        auto second = std::make_unique<Dialogue>(config(0));
        QVERIFY(first.start() && second->start());
        first.room(u"chat"_s)->on(u"message"_s, this, [&](const EventMessage &) { second.reset(); });
        QVERIFY(first.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"hi"_s}}).result());
        QVERIFY(!second);
    }
};

DIALOGUE_TEST(TestDeletion, QCoreApplication)
#include "tst_deletion.moc"
