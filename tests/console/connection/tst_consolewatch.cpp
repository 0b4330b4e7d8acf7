#include "consoleserver.h"
#include "testclasses.h"

#include "console/connection/eventwatch.h"

#include <QSignalSpy>

#include <memory>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

class TestConsoleWatch : public QObject
{
    Q_OBJECT

    static void say(ConsoleServer &server, const QString &text)
    {
        const auto done = server->room(u"chat"_s)->trigger(u"message"_s, QJsonObject{{u"text"_s, text}});
        QVERIFY(done.isReady() && done.result());
    }
    static QStringList textsIn(const QList<EventBatch> &batches)
    {
        QStringList texts;
        for (const EventBatch &batch : batches) {
            for (const EventRecord &record : batch.records)
                texts.append(QString::fromUtf8(batch.payloads.mid(record.place, record.length)));
        }
        return texts;
    }

private Q_SLOTS:
    void tellsOfEventsInTheirOrder()
    {
        ConsoleServer server;
        Entered owner(server);
        EventWatch watch(owner.connection, u"tail"_s);
        QList<EventBatch> batches;
        connect(&watch, &EventWatch::batch, this, [&](const EventBatch &batch) { batches.append(batch); });
        watch.start({.rooms = {u"ch*"_s}, .payload = true});
        QTRY_VERIFY(watch.isOn());
        say(server, u"one"_s);
        say(server, u"two"_s);
        QTRY_COMPARE(textsIn(batches), (QStringList{u"{\"text\":\"one\"}"_s, u"{\"text\":\"two\"}"_s}));
    }

    void goesOnBeyondTheBatchesThatMayBeUnderWay()
    {
        ConsoleServer server;
        Entered owner(server);
        EventWatch watch(owner.connection, u"tail"_s);
        QList<EventBatch> batches;
        connect(&watch, &EventWatch::batch, this, [&](const EventBatch &batch) { batches.append(batch); });
        watch.start({});
        QTRY_VERIFY(watch.isOn());
        for (int i = 1; i <= 20; ++i) { // 8 are sent without credit
            say(server, QString::number(i));
            QTRY_COMPARE(textsIn(batches).size(), i);
        }
        QVERIFY(batches.size() > 8);
    }

    void aFilterThatIsNoneIsRefused()
    {
        ConsoleServer server;
        Entered owner(server);
        EventWatch watch(owner.connection, u"tail"_s);
        QSignalSpy failed(&watch, &EventWatch::failed);
        watch.start({.filter = u"event =="_s});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().value<Error>().path, u"filter"_s);
        QVERIFY(!watch.isWanted());
        watch.start({.filter = u"event == \"message\""_s});
        QTRY_VERIFY(watch.isOn());
    }

    void aScopeCanBeChanged()
    {
        ConsoleServer server;
        Entered owner(server);
        EventWatch watch(owner.connection, u"tail"_s);
        QList<EventBatch> batches;
        connect(&watch, &EventWatch::batch, this, [&](const EventBatch &batch) { batches.append(batch); });
        watch.start({.rooms = {u"elsewhere"_s}, .filter = u"event == \"no\""_s});
        QTRY_VERIFY(watch.isOn());
        QSignalSpy changed(&watch, &EventWatch::changed);
        watch.start({.payload = true});
        QTRY_COMPARE(changed.size(), 2); // Asked for, and granted.
        say(server, u"heard"_s);
        QTRY_COMPARE(textsIn(batches), QStringList{u"{\"text\":\"heard\"}"_s});
    }

    void beginsAgainWhenTheServerIsBack()
    {
        auto server = std::make_unique<ConsoleServer>();
        const quint16 port = server->port();
        Entered owner(*server);
        EventWatch watch(owner.connection, u"tail"_s);
        QSignalSpy resumed(&watch, &EventWatch::resumed);
        QSignalSpy batches(&watch, &EventWatch::batch);
        watch.start({});
        QTRY_VERIFY(watch.isOn());
        server.reset();
        QTRY_VERIFY(!watch.isOn());
        QVERIFY(watch.isWanted());
        server = std::make_unique<ConsoleServer>(QList{ConsoleServer::chatRoom()}, port);
        QTRY_COMPARE(resumed.size(), 1);
        say(*server, u"again"_s);
        QTRY_COMPARE(batches.size(), 1);
    }

    void whoStopsHearsNothingMore()
    {
        ConsoleServer server;
        Entered owner(server);
        EventWatch watch(owner.connection, u"tail"_s);
        QSignalSpy batches(&watch, &EventWatch::batch);
        watch.start({});
        QTRY_VERIFY(watch.isOn());
        QCOMPARE(server->counters().admin.watches, 1);
        watch.stop();
        QTRY_COMPARE(server->counters().admin.watches, 0);
        say(server, u"unheard"_s);
        EventWatch other(owner.connection, u"other"_s);
        QSignalSpy heard(&other, &EventWatch::batch);
        other.start({});
        QTRY_VERIFY(other.isOn());
        say(server, u"heard"_s);
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(batches.size(), 0);
    }
};

DIALOGUE_TEST(TestConsoleWatch, QCoreApplication)
#include "tst_consolewatch.moc"
