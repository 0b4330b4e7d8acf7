#include "dialoguetest.h"
#include "eventreader.h"
#include "testclasses.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

/** Server-sent events of a server that keeps what is said, and is started again. */
class TestSseStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goOnAfterARestart()
    {
        const QTemporaryDir folder;
        ServerConfig all = config(1);
        all.channels.sse.enabled = true;
        all.rooms.append({.id = u"news"_s, .name = u"News"_s, .defaultSubscriptions = {u"*"_s}});
        all.persistence.adapter = StoreAdapter::Sqlite;
        all.persistence.path = folder.filePath(u"events.db"_s);
        const auto say = [](Dialogue &server, const QString &room, const QString &text) {
            const Answer<EventMessage> said
                = server.room(room)->trigger(u"message"_s, QJsonObject{{u"text"_s, text}});
            QTRY_VERIFY(said.isReady());
            QVERIFY(said.result());
        };
        QByteArray last;
        {
            Dialogue server(all);
            QVERIFY(server.start());
            EventReader reader(server.port(), "/events?rooms=chat,news");
            QCOMPARE(reader.status(), 200);
            say(server, u"chat"_s, u"one"_s);
            say(server, u"news"_s, u"two"_s);
            QVERIFY(!reader.next().name.isEmpty());
            last = reader.next().id;
            reader.abort();
            say(server, u"news"_s, u"three"_s);
            say(server, u"chat"_s, u"four"_s);
        }
        Dialogue server(all);
        QVERIFY(server.start());
        say(server, u"news"_s, u"five"_s);
        EventReader reader(server.port(), "/events?rooms=chat,news", "Last-Event-ID: " + last + "\r\n");
        QCOMPARE(reader.status(), 200);
        say(server, u"chat"_s, u"six"_s);
        for (const QString &text : {u"three"_s, u"four"_s, u"five"_s, u"six"_s}) {
            const EventReader::Event event = reader.next();
            QCOMPARE(event.name, "message");
            QCOMPARE(event.data[u"data"_s][u"text"_s].toString(), text);
        }
    }
};

DIALOGUE_TEST(TestSseStore, QCoreApplication)
#include "tst_ssestore.moc"
