#include "server/store/checkeventstore.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

/** What a store is asked, and what it should have said. */
class Check
{
public:
    explicit Check(const std::function<std::unique_ptr<EventStore>()> &open)
        : m_open(open)
        , m_store(open())
    { }

    QStringList run()
    {
        beginsEmpty();
        keepsWhatItGot();
        findsWhatIsAsked();
        isAllOrNothing();
        keepsStates();
        deletesRooms();
        erasesEvents();
        return m_faults;
    }

private:
    static StoredEvent event(const QString &room, quint64 offset, const QString &name = u"message"_s)
    {
        return {.roomId = room,
                .offset = offset,
                .seq = 1000 + offset,
                .event = name,
                .hasHistory = name != u"typing",
                .from = u"ann"_s,
                .timestamp = 1'700'000'000'000 + qint64(offset) * 1000,
                .json
                = "{\"event\":\"" + name.toUtf8() + "\",\"offset\":" + QByteArray::number(offset) + '}'};
    }
    void expect(bool holds, const QString &what)
    {
        if (!holds)
            m_faults.append(what);
    }
    void reopen()
    {
        m_store.reset();
        m_store = m_open();
        (void)m_store->loadRooms();
    }
    void save(const QList<StoredEvent> &events, const QString &what)
    {
        const auto saved = m_store->saveEvents(events);
        expect(saved.has_value(),
               u"saveEvents: %1: %2"_s.arg(what, saved ? QString() : saved.error().message));
    }
    [[nodiscard]] QList<StoredEvent> load(const QString &room, const EventQuery &query)
    {
        const auto loaded = m_store->loadEvents(room, query);
        if (!loaded)
            m_faults.append(u"loadEvents: %1"_s.arg(loaded.error().message));
        return loaded ? *loaded : QList<StoredEvent>();
    }
    void expectOffsets(const QString &room, const EventQuery &query, const QList<quint64> &offsets,
                       const QString &what)
    {
        QStringList found;
        for (const StoredEvent &each : load(room, query))
            found.append(QString::number(each.offset));
        QStringList expected;
        for (const quint64 offset : offsets)
            expected.append(QString::number(offset));
        expect(found == expected,
               u"loadEvents: %1: expected the offsets [%2], got [%3]"_s.arg(what, expected.join(u", "_s),
                                                                            found.join(u", "_s)));
    }

    void beginsEmpty()
    {
        const auto rooms = m_store->loadRooms();
        expect(rooms && rooms->isEmpty(), u"loadRooms: a new store has no rooms"_s);
        expectOffsets(u"a"_s, {.limit = 10}, {}, u"of a room that there is not"_s);
    }
    void keepsWhatItGot()
    {
        StoredEvent full = event(u"full"_s, 3);
        full.from = QString();
        full.json = QByteArray("{\"data\":\"\\u0000 ' \\\" \xc3\xa4\xf0\x9f\x98\x80\"}");
        full.attachments = {QByteArray(), QByteArray("\0\1\xff", 3), QByteArray(100'000, 'x')};
        full.trigger = StoredTrigger{.origin = u"u 'ann'"_s, .id = u"\u00e4\U0001F600"_s};
        StoredEvent large = event(u"full"_s, (quint64(1) << 36) - 1, u"\u00e4's \"name\""_s);
        large.seq = (quint64(1) << 62) + 1;
        large.json = '"' + QByteArray(1'000'000, 'y') + '"';
        save({full, large}, u"names, texts and bytes of every kind"_s);
        for (const char *when : {"at once", "when the server comes back"}) {
            const QList<StoredEvent> found = load(u"full"_s, {.limit = 10});
            expect(
                found == QList<StoredEvent>{large, full},
                u"loadEvents: %1: what was saved comes back as it was: names, numbers of 63 bits, JSON byte "
                "by byte, attachments, an empty one too, and the trigger"_s.arg(QLatin1String(when)));
            reopen();
        }
    }
    void findsWhatIsAsked()
    {
        QList<StoredEvent> events;
        for (quint64 offset = 1; offset <= 9; ++offset) {
            events.append(event(u"a"_s, offset,
                                offset % 3 == 0       ? u"typing"_s
                                    : offset % 4 == 0 ? u"note"_s
                                                      : u"message"_s));
            events.append(event(u"A"_s, offset));
        }
        save(events, u"events of two rooms, one after the other"_s);
        const qint64 start = events.constFirst().timestamp - 1000;
        expectOffsets(u"a"_s, {.limit = 100}, {9, 8, 7, 6, 5, 4, 3, 2, 1},
                      u"newest first, of that room alone"_s);
        expectOffsets(u"a"_s, {.limit = 3}, {9, 8, 7}, u"no more than the limit"_s);
        expectOffsets(u"a"_s, {.limit = 0}, {}, u"a limit of none"_s);
        expectOffsets(u"a"_s, {.skip = 7, .limit = 5}, {2, 1}, u"without the newest"_s);
        expectOffsets(u"a"_s, {.from = 3, .to = 5, .limit = 9}, {5, 4, 3}, u"from one offset to another"_s);
        expectOffsets(u"a"_s, {.fromTime = start + 4000, .toTime = start + 6000, .limit = 9}, {6, 5, 4},
                      u"from one time to another"_s);
        expectOffsets(u"a"_s, {.event = u"note"_s, .limit = 9}, {8, 4}, u"of one name"_s);
        expectOffsets(u"a"_s, {.event = u"Note"_s, .limit = 9}, {}, u"of a name that there is not"_s);
        expectOffsets(u"a"_s, {.hasHistory = true, .limit = 9}, {8, 7, 5, 4, 2, 1},
                      u"of events with a history"_s);
        expectOffsets(u"a"_s, {.event = u"message"_s, .to = 5, .skip = 1, .limit = 1}, {2}, u"all at once"_s);
    }
    void isAllOrNothing()
    {
        save({}, u"none at all"_s);
        const auto twice = m_store->saveEvents({event(u"a"_s, 10), event(u"a"_s, 9)});
        expect(!twice, u"saveEvents: a room and offset that is there already is an error"_s);
        expectOffsets(u"a"_s, {.from = 9, .limit = 9}, {9}, u"after a failure none of them is there"_s);
        save({event(u"a"_s, 10)}, u"after a failure the next is saved"_s);
        save({}, u"none at all"_s);
    }
    void erasesEvents()
    {
        QList<StoredEvent> events;
        for (quint64 offset = 1; offset <= 4; ++offset) {
            for (const QString &room : {u"wipe"_s, u"Wipe"_s}) {
                events.append(event(room, offset));
                events.last().from = offset == 2 ? u"bob"_s : u"ann"_s;
            }
        }
        save(events, u"events that are to be erased"_s);
        const auto one = m_store->eraseEvents({.roomId = u"wipe"_s, .offset = 3});
        if (!one && one.error().code == ErrorCode::NotFound)
            return; // It cannot: nobody has to.
        const auto erase = [this](const EventsToErase &which) {
            const auto erased = m_store->eraseEvents(which);
            return erased ? *erased : -1;
        };
        expect(erase({.roomId = u"wipe"_s, .from = u"ann"_s, .onlyCounts = true}) == 2,
               u"eraseEvents: counts what there is"_s);
        expect(one && *one == 1, u"eraseEvents: one event is one"_s);
        expect(erase({.roomId = u"wipe"_s, .offset = 3}) == 0, u"eraseEvents: what was erased is no more"_s);
        expect(erase({.roomId = u"wipe"_s, .from = u"ann"_s, .upToSeq = 1003}) == 1,
               u"eraseEvents: what was said later stays"_s);
        expectOffsets(u"wipe"_s, {.limit = 9}, {4, 2}, u"what was erased is not given"_s);
        expect(erase({.from = u"bob"_s}) == 2, u"eraseEvents: all of a user's, in all rooms"_s);
        reopen();
        expectOffsets(u"wipe"_s, {.limit = 9}, {4}, u"what was erased stays so"_s);
        expectOffsets(u"Wipe"_s, {.limit = 9}, {4, 3, 1}, u"of other rooms nothing is erased"_s);
    }
    void keepsStates()
    {
        const QJsonObject first{{u"n"_s, 1}, {u"text"_s, u"\u00e4'\""_s}};
        const QJsonObject second{{u"n"_s, 2}, {u"deep"_s, QJsonObject{{u"list"_s, QJsonArray{1, u"b"_s}}}}};
        for (const QString &room : {QString(), u"a"_s, u"A"_s})
            expect(m_store->saveRoomState(room, first).has_value(), u"saveRoomState: a room's"_s);
        expect(m_store->saveRoomState(u"a"_s, second).has_value(), u"saveRoomState: in place of another"_s);
        m_store.reset();
        m_store = m_open();
        const auto rooms = m_store->loadRooms();
        const auto stateOf = [&rooms](const QString &id) {
            const auto found = std::ranges::find(*rooms, id, &StoredRoom::roomId);
            return found == rooms->end() ? QJsonObject() : found->state;
        };
        if (!rooms) {
            m_faults.append(u"loadRooms: %1"_s.arg(rooms.error().message));
            return;
        }
        expect(rooms->size() == 3, u"loadRooms: each room that has a state comes once"_s);
        expect(stateOf(QString()) == first, u"loadRooms: the state of the server itself, of the empty id"_s);
        expect(stateOf(u"A"_s) == first && stateOf(u"a"_s) == second, u"loadRooms: each its last state"_s);
    }
    void deletesRooms()
    {
        expect(m_store->deleteRoom(u"a"_s).has_value(), u"deleteRoom: a room"_s);
        expect(m_store->deleteRoom(u"nowhere"_s).has_value(), u"deleteRoom: one that there is not"_s);
        expectOffsets(u"a"_s, {.limit = 9}, {}, u"of a deleted room"_s);
        expectOffsets(u"A"_s, {.limit = 1}, {9}, u"of another than the deleted one"_s);
        save({event(u"a"_s, 1)}, u"an event of a room that was deleted, and is there again"_s);
        m_store.reset();
        m_store = m_open();
        const auto rooms = m_store->loadRooms();
        expect(rooms && rooms->size() == 2, u"loadRooms: a deleted room has no state"_s);
    }

    const std::function<std::unique_ptr<EventStore>()> &m_open;
    std::unique_ptr<EventStore> m_store;
    QStringList m_faults;
};

} // namespace

QStringList checkEventStore(const std::function<std::unique_ptr<EventStore>()> &open)
{
    return Check(open).run();
}

} // namespace dialogue
