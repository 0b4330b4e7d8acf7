#include "server/config/roomreader.h"

#include "server/config/mapreader.h"
#include "server/config/rules.h"
#include "server/config/schemalibrary.h"

#include <QSet>

#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

class RoomReader
{
public:
    explicit RoomReader(const Surroundings &around, SchemaOrigins &origins, Issues &issues)
        : m_around(around)
        , m_origins(origins)
        , m_issues(issues)
        , m_schemas(issues, origins.documents)
    { }

    QList<RoomConfig> readAll(const Node &node, const QString &path);
    QList<RoomTemplate> readTemplates(const Node &node, const QString &path);

private:
    using Reader = MapReader<RoomConfig>;

    void readRoom(const Node &node, FilePosition idPosition, const QString &id, const QString &path);
    /** Into \a room, by \a reader. */
    void readDeclaration(const Node &node, FilePosition idPosition, const QString &path, Reader &reader,
                         RoomConfig &room);
    void readEvents(const Node &node, const QString &path, RoomConfig &room);
    void noteOrigins(const Node *events, const QString &room, const QList<EventDefinition> &read,
                     SchemaPlaces &places) const;
    EventDefinition readEvent(const Node &node, const QString &path);
    QString readName(const Node *node, FilePosition parent, const QString &path);

    const Surroundings &m_around;
    SchemaOrigins &m_origins;
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

QString RoomReader::readName(const Node *node, FilePosition parent, const QString &path)
{
    if (!node)
        m_issues.error(parent, path, u"is required"_s);
    else if (node->kind != Node::Kind::Scalar || node->scalar.isEmpty())
        m_issues.error(node->position, path, u"must be a name, not %1"_s.arg(describe(*node)));
    else
        return node->scalar;
    return {};
}

void RoomReader::readRoom(const Node &node, FilePosition idPosition, const QString &id, const QString &path)
{
    for (const RoomConfig &other : std::as_const(m_rooms)) {
        if (other.id == id) {
            m_issues.error(idPosition, path, u"another room has the id \"%1\" already"_s.arg(id));
            return;
        }
    }
    RoomConfig room{.id = id, .name = id};
    Reader reader(roomFields(), m_issues);
    reader.special(u"id"_s, [&](const Member &member, const QString &here) {
        const QString text = readName(&member.value, member.position, here);
        if (!text.isEmpty() && text != id)
            m_issues.error(member.value.position, here,
                           u"is \"%1\", but the room stands under \"%2\""_s.arg(text, id));
    });
    readDeclaration(node, idPosition, path, reader, room);
    noteOrigins(node.find(u"events"), id, room.events, m_origins.ofRooms);
    m_rooms.append(room);
    if (!room.createdById.isEmpty() && !m_around.isVouched) {
        m_issues.warning(locate(node, u"createdById"), path + u".createdById"_s,
                         u"nobody vouches for user ids here (auth.jwt): whoever says to be \"%1\" may delete "
                         "the room"_s.arg(visible(room.createdById)));
    }
}

QList<RoomTemplate> RoomReader::readTemplates(const Node &node, const QString &path)
{
    QList<RoomTemplate> templates;
    if (node.kind == Node::Kind::Null)
        return templates;
    if (node.kind != Node::Kind::Map) {
        m_issues.error(node.position, path,
                       u"must be a map such as {\"game-*\": {events: [move]}}, not %1"_s.arg(describe(node)));
        return templates;
    }
    m_schemas.collect(node);
    for (const Member &member : node.members) {
        RoomTemplate read{.pattern = member.key, .room = {.id = member.key, .name = member.key}};
        Reader reader(templateFields(), m_issues);
        readDeclaration(member.value, member.position, path + u'.' + member.key, reader, read.room);
        noteOrigins(member.value.find(u"events"), member.key, read.room.events, m_origins.ofTemplates);
        read.room.id.clear();
        read.room.name.clear();
        templates.append(read);
    }
    return templates;
}

void RoomReader::readDeclaration(const Node &node, FilePosition idPosition, const QString &path,
                                 Reader &reader, RoomConfig &room)
{
    const int errorsBefore = m_issues.errorCount();
    reader.special(u"events"_s,
                   [&](const Member &member, const QString &here) { readEvents(member.value, here, room); });
    reader.special(u"middleware"_s, [&](const Member &member, const QString &here) {
        room.middleware = readMiddleware(member.value, here, m_around, m_issues);
    });
    reader.read(node, path, room);
    placeIn(m_issues.fileName(), room.rules);

    // What is wrong with the parts has been said; this is about how they fit together.
    if (const Result<void> checked = room.check(); !checked && m_issues.errorCount() == errorsBefore) {
        // The one member that stands elsewhere in a file.
        const QString &member = checked.error().path;
        const QString inFile = member == u"latestKey" ? u"slowReader.key"_s : member;
        const FilePosition position = locate(node, inFile);
        m_issues.error(position.line > 0 ? position : idPosition, path + u'.' + inFile,
                       checked.error().message);
    }
    if (room.isOpen()) {
        m_issues.warning(
            idPosition, path,
            u"carries any event, unchecked; list its events with their schemas to have them checked"_s);
    }
    if (!m_around.isVouched && needsVouching(room.rules)) {
        m_issues.warning(
            locate(node, u"rules"), path + u".rules"_s,
            u"nobody vouches for users here (auth.jwt): no role, user or claim of theirs counts"_s);
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

void RoomReader::noteOrigins(const Node *events, const QString &room, const QList<EventDefinition> &read,
                             SchemaPlaces &places) const
{
    if (!events || events->kind != Node::Kind::List)
        return;
    for (std::size_t i = 0; i < events->items.size(); ++i) {
        EventSchemaPlaces &ofEvent = places[{room, read[qsizetype(i)].name}];
        if (const Node *const schema = events->items[i].find(u"schema"))
            ofEvent.schema = m_schemas.placeOf(*schema);
        if (const Node *const meta = events->items[i].find(u"meta"); meta && meta->kind != Node::Kind::Scalar)
            ofEvent.meta = m_schemas.placeOf(*meta);
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
    reader.special(u"meta"_s, [&](const Member &member, const QString &here) {
        event.takesMeta = member.value.kind != Node::Kind::Scalar || member.value.scalar != "refuse"_L1;
        if (!event.takesMeta || (member.value.kind == Node::Kind::Scalar && member.value.scalar == "pass"_L1))
            return;
        if (std::optional<Schema> schema = m_schemas.read(member.value, here))
            event.meta = *std::move(schema);
    });
    reader.read(node, path, event);
    if (const Node *history = node.find(u"history");
        history && history->find(u"limit") && !history->find(u"enabled"))
        event.history.enabled = true;
    return event;
}

} // namespace

QList<RoomConfig> readRooms(const Node &node, const QString &path, const Surroundings &around,
                            SchemaOrigins &origins, Issues &issues)
{
    return RoomReader(around, origins, issues).readAll(node, path);
}

QList<RoomTemplate> readTemplates(const Node &node, const QString &path, const Surroundings &around,
                                  SchemaOrigins &origins, Issues &issues)
{
    return RoomReader(around, origins, issues).readTemplates(node, path);
}

} // namespace dialogue::config
