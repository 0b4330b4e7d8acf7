#include "console/events/eventvocabulary.h"

#include "core/protocol/admin/names.h"

#include <QJsonArray>

#include <vector>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

void keepName(const QString &name, QSet<QString> &known, QStringList &list)
{
    if (name.isEmpty() || list.size() >= EventVocabulary::MostNames || known.contains(name))
        return;
    known.insert(name);
    list.append(name);
}

} // namespace

EventVocabulary::EventVocabulary(AdminConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    // After a restart they may be others.
    connect(&connection, &AdminConnection::entered, this, [this] { m_asked.clear(); });
}

void EventVocabulary::see(const EventBatch &batch)
{
    const auto isIn = [&](int name) { return name >= 0 && name < batch.names.size(); };
    std::vector<bool> seen(std::size_t(batch.names.size()) * 3);
    const auto isNew = [&](int name, std::size_t kind) {
        if (!isIn(name) || seen[std::size_t(name) * 3 + kind])
            return false;
        seen[std::size_t(name) * 3 + kind] = true;
        return true;
    };
    for (const EventRecord &record : batch.records) {
        if (isNew(record.room, 0)) {
            keepName(batch.names[record.room], m_rooms, m_vocabulary.rooms);
            ask(batch.names[record.room]);
        }
        if (isNew(record.event, 1))
            keepName(batch.names[record.event], m_events, m_vocabulary.events);
        if (isNew(record.from, 2))
            keepName(batch.names[record.from], m_users, m_vocabulary.users);
    }
}

void EventVocabulary::askFor(const QStringList &rooms)
{
    for (const QString &room : rooms) {
        if (!room.endsWith(u'*'))
            ask(room);
    }
}

void EventVocabulary::ask(const QString &room)
{
    if (room.isEmpty() || !m_connection.isIn() || m_asked.size() >= MostRooms || m_asked.contains(room))
        return;
    m_asked.insert(room);
    m_connection.ask(protocol::admin::names::get, {{u"what"_s, u"room"_s}, {u"id"_s, room}}, this,
                     [this, room](const Result<QJsonObject> &reply) {
                         if (reply) // Else there is no such room, or it is none of ours: no schemas.
                             learn(room, reply->value(u"room"_s).toObject());
                     });
}

void EventVocabulary::learn(const QString &room, const QJsonObject &details)
{
    keepName(room, m_rooms, m_vocabulary.rooms);
    const QJsonArray events = details[u"events"_s].toArray();
    for (const QJsonValue &each : events) {
        const QString name = each[u"name"_s].toString();
        keepName(name, m_events, m_vocabulary.events);
        const QJsonObject document = each[u"schema"_s].toObject();
        if (document.isEmpty() || m_schemas.size() >= MostNames)
            continue;
        m_vocabulary.schemas.insert(name, document);
        if (const Result<Schema> schema = Schema::fromJson(document))
            m_schemas.insert({room, name}, *schema);
    }
}

std::optional<Schema> EventVocabulary::schemaOf(const QString &room, const QString &event) const
{
    const auto found = m_schemas.constFind({room, event});
    return found == m_schemas.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace dialogue::console
