#include "server/config/roomreader.h"

#include "server/config/mapreader.h"
#include "server/config/schemalibrary.h"

#include <QSet>

#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

class RoomReader
{
public:
    explicit RoomReader(Issues &issues)
        : m_issues(issues)
        , m_schemas(issues)
    { }

    QList<RoomConfig> readAll(const Node &node, const QString &path);

private:
    void readRoom(const Node &node, Position idPosition, const QString &id, const QString &path);
    void readEvents(const Node &node, const QString &path, RoomConfig &room);
    EventDefinition readEvent(const Node &node, const QString &path);
    QString readName(const Node *node, Position parent, const QString &path);

    Issues &m_issues;
    QList<RoomConfig> m_rooms;
    // Rooms are often alike: what a thousand of them have in common is there once, compiled once.
    QSet<QString> m_eventNames;
    SchemaLibrary m_schemas;
};

QList<RoomConfig> RoomReader::readAll(const Node &node, const QString &path)
{
    m_schemas.collect(node);
    if (node.kind == Node::Kind::Map) {
        for (const Member &room : node.members)
            readRoom(room.value, room.position, room.key, path + u'.' + room.key);
    } else if (node.kind == Node::Kind::List) {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Node &room = node.items[i];
            const QString here = path + u"[%1]"_s.arg(i);
            const Node *id = room.find(u"id");
            const QString text = readName(id, room.position, here + u".id"_s);
            if (!text.isEmpty())
                readRoom(room, id->position, text, here);
        }
    } else if (node.kind != Node::Kind::Null) {
        m_issues.error(node.position, path,
                       u"must be a map of rooms by id, or a list of rooms, not %1"_s.arg(describe(node)));
    }
    return m_rooms;
}

QString RoomReader::readName(const Node *node, Position parent, const QString &path)
{
    if (!node)
        m_issues.error(parent, path, u"is required"_s);
    else if (node->kind != Node::Kind::Scalar || node->scalar.isEmpty())
        m_issues.error(node->position, path, u"must be a name, not %1"_s.arg(describe(*node)));
    else
        return node->scalar;
    return {};
}

void RoomReader::readRoom(const Node &node, Position idPosition, const QString &id, const QString &path)
{
    for (const RoomConfig &other : std::as_const(m_rooms)) {
        if (other.id == id) {
            m_issues.error(idPosition, path, u"another room has the id \"%1\" already"_s.arg(id));
            return;
        }
    }
    RoomConfig room{.id = id, .name = id};
    const int errorsBefore = m_issues.errorCount();
    MapReader<RoomConfig> reader(roomFields(), m_issues);
    reader.special(u"id"_s, [&](const Member &member, const QString &here) {
        const QString text = readName(&member.value, member.position, here);
        if (!text.isEmpty() && text != id)
            m_issues.error(member.value.position, here,
                           u"is \"%1\", but the room stands under \"%2\""_s.arg(text, id));
    });
    reader.special(u"events"_s,
                   [&](const Member &member, const QString &here) { readEvents(member.value, here, room); });
    reader.read(node, path, room);
    m_rooms.append(room);

    // What is wrong with the parts has been said; this is about how they fit together.
    if (const Result<void> checked = room.check(); !checked && m_issues.errorCount() == errorsBefore) {
        // The one member that stands elsewhere in a file.
        const QString &member = checked.error().path;
        const QString inFile = member == u"latestKey" ? u"slowReader.key"_s : member;
        const Position position = locate(node, inFile);
        m_issues.error(position.line > 0 ? position : idPosition, path + u'.' + inFile,
                       checked.error().message);
    }
    if (room.isOpen()) {
        m_issues.warning(
            idPosition, path,
            u"carries any event, unchecked; list its events with their schemas to have them checked"_s);
    }
    if (!room.createdById.isEmpty()) {
        m_issues.warning(
            locate(node, u"createdById"), path + u".createdById"_s,
            u"nobody vouches for user ids in dialogue-server: whoever says to be \"%1\" may delete "
            "the room"_s.arg(visible(room.createdById)));
    }
}

void RoomReader::readEvents(const Node &node, const QString &path, RoomConfig &room)
{
    if (node.kind == Node::Kind::Scalar && node.scalar == "*"_L1) {
        room.events.append(defineEvent(u"*"_s));
    } else if (node.kind == Node::Kind::Null || (node.kind == Node::Kind::List && node.items.empty())) {
        // Those who write this mean one or the other.
        m_issues.error(node.position, path,
                       u"is empty: is any event meant, unchecked? Then write \"*\", or leave it out. Or are "
                       "certain ones? Then name them"_s);
    } else if (node.kind == Node::Kind::List) {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            room.events.append(readEvent(node.items[i], path + u"[%1]"_s.arg(i)));
    } else {
        m_issues.error(node.position, path,
                       u"must be a list of events, or \"*\", not %1"_s.arg(describe(node)));
    }
}

EventDefinition RoomReader::readEvent(const Node &node, const QString &path)
{
    EventDefinition event;
    if (node.kind == Node::Kind::Scalar && !node.scalar.isEmpty()) {
        event.name = *m_eventNames.insert(node.scalar);
        return event;
    }
    if (node.kind != Node::Kind::Map) {
        m_issues.error(node.position, path,
                       u"must be the name of an event, or a map with its name, not %1"_s.arg(describe(node)));
        return event;
    }
    event.name = *m_eventNames.insert(readName(node.find(u"name"), node.position, path + u".name"_s));
    MapReader<EventDefinition> reader(eventFields(), m_issues);
    reader.special(u"name"_s, [](const Member &, const QString &) {}); // read already
    reader.special(u"schema"_s, [&](const Member &member, const QString &here) {
        if (std::optional<Schema> schema = m_schemas.read(member.value, here))
            event.schema = *std::move(schema);
    });
    reader.read(node, path, event);
    if (const Node *history = node.find(u"history");
        history && history->find(u"limit") && !history->find(u"enabled"))
        event.history.enabled = true;
    return event;
}

} // namespace

QList<RoomConfig> readRooms(const Node &node, const QString &path, Issues &issues)
{
    return RoomReader(issues).readAll(node, path);
}

} // namespace dialogue::config
