#include "core/room/roomconfig.h"

#include "testclasses.h"

#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace dialogue;

using Change = std::function<void(RoomConfig &)>;
Q_DECLARE_METATYPE(Change)

namespace {

RoomConfig chat()
{
    return {.id = u"chat"_s,
            .name = u"Chat"_s,
            .maxSize = 50,
            .events = {defineEvent(u"message"_s, Schema::object({{"text", Schema::string()}})),
                       defineEvent(u"typing"_s)},
            .defaultSubscriptions = {u"message"_s}};
}

} // namespace

class TestRoomConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodDeclarationPasses()
    {
        const Result<void> result = chat().check();
        QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
    }

    void findsAnEventByItsName()
    {
        const RoomConfig room = chat();
        QVERIFY(room.find(u"typing"));
        QCOMPARE(room.find(u"typing")->name, u"typing"_s);
        QVERIFY(!room.find(u"other"));
        QVERIFY(room.allows(u"message"));
        QVERIFY(!room.allows(u"other"));
    }

    void isOpenWithoutEventsOrWithAStar()
    {
        RoomConfig room = chat();
        QVERIFY(!room.isOpen());
        room.events.append(defineEvent(u"*"_s));
        QVERIFY(room.isOpen());
        QVERIFY(room.allows(u"other"));
        room.events.clear();
        QVERIFY(room.isOpen());
    }

    void aWrongDeclarationSaysWhatAndWhere_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *name, const QString &path, const QString &part,
                            const Change &change) { QTest::newRow(name) << change << path << part; };
        row("no id", u"id"_s, u"must not be empty"_s, [](RoomConfig &room) { room.id.clear(); });
        row("no name", u"name"_s, u"must not be empty"_s, [](RoomConfig &room) { room.name.clear(); });
        row("unseen in the id", u"id"_s, u"U+200B (character 5)"_s,
            [](RoomConfig &room) { room.id += u'\u200b'; });
        row("unseen in an event", u"events[1].name"_s, u"U+202E"_s,
            [](RoomConfig &room) { room.events[1].name = u"\u202etyping"_s; });
        row("unseen in a subscription", u"defaultSubscriptions[0]"_s, u"U+FEFF"_s,
            [](RoomConfig &room) { room.defaultSubscriptions[0] += u'\ufeff'; });
        row("unseen in the owner", u"createdById"_s, u"U+0085"_s,
            [](RoomConfig &room) { room.createdById = u"ann"_s + QChar(0x85); });
        row("no place", u"maxSize"_s, u"at least 1, not 0"_s, [](RoomConfig &room) { room.maxSize = 0; });
        row("twice", u"events[2].name"_s, u"\"typing\" is declared twice"_s,
            [](RoomConfig &room) { room.events.append(defineEvent(u"typing"_s)); });
        row("nameless event", u"events[0].name"_s, u"must not be empty"_s,
            [](RoomConfig &room) { room.events[0].name.clear(); });
        row("bad schema", u"events[1].schema.pattern"_s, u"is no regular expression"_s,
            [](RoomConfig &room) { room.events[1].schema = Schema::string().pattern(u"["_s); });
        row("no history", u"events[0].history.limit"_s, u"between 1 and"_s,
            [](RoomConfig &room) { room.events[0].history.limit = 0; });
        row("kept and not kept", u"events[1].ephemeral"_s, u"kept nowhere"_s, [](RoomConfig &room) {
            room.events[1].ephemeral = true;
            room.events[1].history.enabled = true;
        });
        row("any name ephemeral", u"events[2].ephemeral"_s, u"by name"_s,
            [](RoomConfig &room) { room.events.append(defineEvent(u"*"_s, {}, ephemeral)); });
        row("subscription nothing carries", u"defaultSubscriptions[1]"_s,
            u"\"news\" is not an event of this room"_s,
            [](RoomConfig &room) { room.defaultSubscriptions.append(u"news"_s); });
        row("sync", u"syncHistoryOnJoin"_s, u"not -2"_s,
            [](RoomConfig &room) { room.syncHistoryOnJoin = -2; });
        row("key without its policy", u"latestKey"_s, u"keepLatest"_s,
            [](RoomConfig &room) { room.latestKey = u"sensor"_s; });
    }
    void aWrongDeclarationSaysWhatAndWhere()
    {
        QFETCH(Change, change);
        QFETCH(QString, path);
        QFETCH(QString, part);
        RoomConfig room = chat();
        change(room);
        const Result<void> result = room.check();
        QVERIFY(!result);
        QCOMPARE(result.error().path, path);
        QVERIFY2(result.error().message.contains(part), qPrintable(result.error().message));
    }

    void aStarAmongTheSubscriptionsIsAlwaysCarried()
    {
        RoomConfig room = chat();
        room.defaultSubscriptions = {u"*"_s};
        QVERIFY(room.check());
    }
};

DIALOGUE_TEST(TestRoomConfig, NoApplication)
#include "tst_roomconfig.moc"
