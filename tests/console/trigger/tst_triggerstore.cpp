#include "console/trigger/outcomewords.h"
#include "console/trigger/roomevents.h"
#include "console/trigger/triggerstore.h"

#include "testclasses.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

/** What the dialog keeps, reads and says, without it. */
class TestTriggerStore : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString file(const QString &name) const { return m_folder.filePath(name); }

private Q_SLOTS:
    void templatesOutliveTheProgram();
    void aTemplateOfTheNameIsReplaced();
    void isForItsOwnerAlone();
    void aFileOfSomebodyElseIsAnErrorAndStays();
    void thereAreSoManyAndNoMore();
    void whatWasSentIsKeptNewestFirst();
    void readsTheEventsOfARoom();
    void whatIsNoRoomIsAnError();
    void saysWhatBecameOfIt_data();
    void saysWhatBecameOfIt();
    void findsTheFieldOfAnError_data();
    void findsTheFieldOfAnError();
};

void TestTriggerStore::templatesOutliveTheProgram()
{
    const Trigger trigger{.event = u"bid"_s,
                          .data = QJsonObject{{u"price"_s, qint64(9007199254740993)}},
                          .meta = {{u"a"_s, 1}}};
    TriggerStore store(file(u"new/deep/triggers.json"_s));
    QVERIFY(store.load());
    QVERIFY(store.save(u"b"_s, trigger));
    QVERIFY(store.save(u"a"_s, {.event = u"plain"_s, .data = 1}));
    TriggerStore again(file(u"new/deep/triggers.json"_s));
    QVERIFY(again.load());
    QCOMPARE(again.templates().size(), 2);
    QCOMPARE(again.templates()[0].name, u"a"_s);
    QCOMPARE(again.templates()[1].trigger, trigger);
}

void TestTriggerStore::aTemplateOfTheNameIsReplaced()
{
    TriggerStore store(file(u"replaced.json"_s));
    QVERIFY(store.save(u"a"_s, {.event = u"one"_s}));
    QVERIFY(store.save(u"a"_s, {.event = u"two"_s}));
    QCOMPARE(store.templates().size(), 1);
    QCOMPARE(store.templates()[0].trigger.event, u"two"_s);
    QVERIFY(store.remove(u"a"_s));
    QVERIFY(store.templates().isEmpty());
}

void TestTriggerStore::isForItsOwnerAlone()
{
    TriggerStore store(file(u"own.json"_s));
    QVERIFY(store.save(u"a"_s, {}));
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(file(u"own.json"_s)) & others));
}

void TestTriggerStore::aFileOfSomebodyElseIsAnErrorAndStays()
{
    QFile other(file(u"other.json"_s));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("[1, 2");
    other.close();
    TriggerStore store(other.fileName());
    QCOMPARE(store.load().error().code, ErrorCode::ParseError);
    QCOMPARE(other.size(), 5);
}

void TestTriggerStore::thereAreSoManyAndNoMore()
{
    TriggerStore store(file(u"many.json"_s));
    for (int i = 0; i < TriggerStore::MostTemplates; ++i)
        QVERIFY(store.save(QString::number(i), {}));
    QCOMPARE(store.save(u"one more"_s, {}).error().code, ErrorCode::LimitReached);
    QVERIFY(store.save(u"7"_s, {.event = u"changed"_s}));
}

void TestTriggerStore::whatWasSentIsKeptNewestFirst()
{
    TriggerStore store(file(u"sent.json"_s));
    for (int i = 0; i <= TriggerStore::MostSent; ++i)
        store.add({.time = i});
    QCOMPARE(store.sent().size(), TriggerStore::MostSent);
    QCOMPARE(store.sent().first().time, qint64(TriggerStore::MostSent));
    QCOMPARE(store.sent().last().time, qint64(1));
}

void TestTriggerStore::readsTheEventsOfARoom()
{
    const QJsonArray events{
        QJsonObject{{u"name"_s, u"bid"_s}, {u"schema"_s, QJsonObject{{u"type"_s, u"object"_s}}}},
        QJsonObject{{u"name"_s, u"ask"_s}, {u"description"_s, u"What for"_s}}, QJsonObject{{u"other"_s, 1}},
        7};
    const auto room = RoomEvents::read(
        {{u"room"_s, QJsonObject{{u"name"_s, u"Market"_s}, {u"events"_s, events}, {u"isOpen"_s, true}}}});
    QVERIFY(room);
    QCOMPARE(room->name, u"Market"_s);
    QVERIFY(room->isOpen);
    QCOMPARE(room->events.size(), 2);
    QCOMPARE(room->events[0].name, u"ask"_s);
    QCOMPARE(room->events[0].description, u"What for"_s);
    QCOMPARE(room->find(u"bid"_s)->schema, (QJsonObject{{u"type"_s, u"object"_s}}));
    QVERIFY(!room->find(u"other"_s));
}

void TestTriggerStore::whatIsNoRoomIsAnError()
{
    QCOMPARE(RoomEvents::read({{u"room"_s, 7}}).error().path, u"room.events"_s);
}

void TestTriggerStore::saysWhatBecameOfIt_data()
{
    QTest::addColumn<Result<QJsonObject>>("outcome");
    QTest::addColumn<int>("done");
    QTest::addColumn<QString>("words");
    const auto reply = [](qint64 offset) {
        return Result<QJsonObject>(QJsonObject{{u"result"_s, QJsonObject{{u"offset"_s, offset}}}});
    };
    QTest::newRow("at its place") << reply(7) << 1 << u"Done, at offset 7."_s;
    QTest::newRow("ephemeral") << Result<QJsonObject>(QJsonObject()) << 1 << u"Done."_s;
    QTest::newRow("several") << reply(9) << 3 << u"3 sent. Done, at offset 9."_s;
    QTest::newRow("stopped before the first") << Result<QJsonObject>(QJsonObject()) << 0 << u"Stopped."_s;
    QTest::newRow("refused") << Result<QJsonObject>(Error{ErrorCode::PermissionDenied, u"No"_s}) << 0
                             << u"PERMISSION_DENIED: No"_s;
    QTest::newRow("refused in the middle")
        << Result<QJsonObject>(Error{ErrorCode::RateLimited, u"No"_s}) << 1 << u"1 sent. RATE_LIMITED: No"_s;
    QTest::newRow("hostile") << Result<QJsonObject>(Error{ErrorCode::PermissionDenied, u"a\nb"_s}) << 0
                             << u"PERMISSION_DENIED: a\\u000ab"_s;
    QTest::newRow("lost")
        << Result<QJsonObject>(Error{ErrorCode::ConnectionLost, u"Lost"_s}) << 0
        << u"CONNECTION_LOST: Lost Whether it was done is not known; sent again as it is, it is done once."_s;
}

void TestTriggerStore::saysWhatBecameOfIt()
{
    QFETCH(Result<QJsonObject>, outcome);
    QFETCH(int, done);
    QFETCH(QString, words);
    QCOMPARE(outcomeWords(outcome, done), words);
}

void TestTriggerStore::findsTheFieldOfAnError_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QStringList>("pointers");
    QTest::newRow("of the schema") << Error{.code = ErrorCode::ValidationFailed,
                                            .message = u"No"_s,
                                            .path = u"data.a"_s,
                                            .faults = {{.path = u"data.a"_s, .pointer = u"/a"_s},
                                                       {.path = u"data[0]"_s, .pointer = u"/0"_s}}}
                                   << QStringList({u"/a"_s, u"/0"_s});
    QTest::newRow("of a hook, without faults")
        << Error{.code = ErrorCode::EventBlocked, .message = u"No"_s, .path = u"data.items[3].a/b"_s}
        << QStringList({u"/items/3/a~1b"_s});
    QTest::newRow("of the whole") << Error{.code = ErrorCode::ValidationFailed,
                                           .message = u"No"_s,
                                           .path = u"data"_s}
                                  << QStringList({QString()});
    QTest::newRow("of something else")
        << Error{.code = ErrorCode::InvalidRequest, .message = u"No"_s, .path = u"args.meta"_s}
        << QStringList();
    QTest::newRow("of a name that begins so")
        << Error{.code = ErrorCode::InvalidRequest, .message = u"No"_s, .path = u"database"_s}
        << QStringList();
}

void TestTriggerStore::findsTheFieldOfAnError()
{
    QFETCH(Error, error);
    QFETCH(QStringList, pointers);
    QStringList found;
    const QList<SchemaFault> faults = faultsOfData(error);
    for (const SchemaFault &fault : faults)
        found.append(fault.pointer);
    QCOMPARE(found, pointers);
}

DIALOGUE_TEST(TestTriggerStore, QCoreApplication)
#include "tst_triggerstore.moc"
