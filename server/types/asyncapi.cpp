#include "server/types/asyncapi.h"

#include "server/types/bundle.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

QJsonObject pointTo(const QString &what) { return {{u"$ref"_s, what}}; }

void insertText(QJsonObject &object, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

bool mayBeTriggered(const RoomConfig &room, const QString &event)
{
    const EventRules &rules = room.rules.trigger;
    const auto own = rules.byEvent.constFind(event);
    if (own != rules.byEvent.cend())
        return !own->isNobody();
    return !rules.others || !rules.others->isNobody();
}

/** Writes rooms into the parts of a document. */
class AsyncApiWriter
{
public:
    explicit AsyncApiWriter(const SchemaOrigins &origins)
        : m_documents(origins.documents)
        , m_bundle(m_documents, u"#/components/schemas/"_s)
    { }

    void write(const RoomConfig &room, const QString &id, bool isTemplate, const SchemaPlaces &places);
    [[nodiscard]] QJsonObject document() const;

private:
    void writeOperation(const QString &action, const QString &channel, const QString &message);
    QJsonObject messageOf(const EventDefinition &event, const QString &key, const QString &room,
                          const SchemaPlaces &places);
    static void writeAddress(QJsonObject &channel, const QString &id, bool isTemplate);

    SchemaDocuments m_documents;
    SchemaBundle m_bundle;
    Names m_channelNames;
    Names m_messageNames;
    QJsonObject m_channels;
    QJsonObject m_operations;
    QJsonObject m_messages;
};

void AsyncApiWriter::write(const RoomConfig &room, const QString &id, bool isTemplate,
                           const SchemaPlaces &places)
{
    const QString key = m_channelNames.unique(camelCase(id), u"room"_s);
    QJsonObject channel;
    writeAddress(channel, id, isTemplate);
    insertText(channel, "title"_L1, room.name);
    insertText(channel, "description"_L1, room.description);
    QList<EventDefinition> events = room.events;
    if (room.isOpen())
        events = {{.name = u"*"_s, .description = u"Any event, with any data."_s}};
    QJsonObject messages;
    for (const EventDefinition &event : std::as_const(events)) {
        const QString name = m_messageNames.unique(
            pascalCase(id + u' ' + (room.isOpen() ? u"any"_s : event.name)), u"Event"_s);
        m_messages.insert(name, messageOf(event, name, id, places));
        messages.insert(name, pointTo(u"#/components/messages/"_s + name));
        if (mayBeTriggered(room, event.name))
            writeOperation(u"receive"_s, key, name);
        writeOperation(u"send"_s, key, name);
    }
    channel.insert("messages"_L1, messages);
    m_channels.insert(key, channel);
}

/** Where a channel is: in the original's words, a room. */
void AsyncApiWriter::writeAddress(QJsonObject &channel, const QString &id, bool isTemplate)
{
    channel.insert(isTemplate ? "x-dialogue-template"_L1 : "x-dialogue-room"_L1, id);
    if (id.contains(u'{') || id.contains(u'}')) { // Would be taken for a parameter.
        channel.insert("address"_L1, QJsonValue::Null);
        return;
    }
    if (!isTemplate) {
        channel.insert("address"_L1, id);
        return;
    }
    QString address;
    QJsonObject parameters;
    const QStringList parts = id.split(u'*');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            const QString name = i == 1 ? u"any"_s : u"any%1"_s.arg(i);
            address += u'{' + name + u'}';
            parameters.insert(name, QJsonObject{{u"description"_s, u"Any characters, or none."_s}});
        }
        address += parts[i];
    }
    channel.insert("address"_L1, address);
    if (!parameters.isEmpty())
        channel.insert("parameters"_L1, parameters);
}

QJsonObject AsyncApiWriter::messageOf(const EventDefinition &event, const QString &key, const QString &room,
                                      const SchemaPlaces &places)
{
    QJsonObject message{{u"name"_s, event.name}};
    insertText(message, "description"_L1, event.description);
    if (event.schema.isEmpty())
        return message;
    const SchemaPlace place = places.value({room, event.name});
    const QJsonValue schema = event.schema.toJson();
    message.insert("payload"_L1,
                   place.isWholeFile ? m_bundle.add(m_documents.addWhole(schema, place.uri), key)
                                     : m_bundle.add(m_documents.addPart(schema, place.uri), key));
    return message;
}

void AsyncApiWriter::writeOperation(const QString &action, const QString &channel, const QString &message)
{
    const QString place = u"#/channels/"_s + channel;
    m_operations.insert(action + message,
                        QJsonObject{{u"action"_s, action},
                                    {u"channel"_s, pointTo(place)},
                                    {u"messages"_s, QJsonArray{pointTo(place + u"/messages/"_s + message)}}});
}

QJsonObject AsyncApiWriter::document() const
{
    return {
        {u"asyncapi"_s, u"3.0.0"_s},
        {u"info"_s,
         QJsonObject{{u"title"_s, u"Dialogue"_s},
                     {u"version"_s, u"1.0.0"_s},
                     {u"description"_s,
                      u"Rooms over Socket.IO: a channel is a room, a message an event. Its payload is what "
                      "the event carries as data: clients say it with dialogue:trigger, and hear it with "
                      "dialogue:event."_s}}},
        {u"defaultContentType"_s, u"application/json"_s},
        {u"channels"_s, m_channels},
        {u"operations"_s, m_operations},
        {u"components"_s, QJsonObject{{u"messages"_s, m_messages}, {u"schemas"_s, m_bundle.schemas()}}}};
}

} // namespace

QJsonObject asyncApi(const ServerConfig &config, const SchemaOrigins &origins)
{
    AsyncApiWriter writer(origins);
    for (const RoomConfig &room : config.rooms)
        writer.write(room, room.id, false, origins.ofRooms);
    for (const RoomTemplate &each : config.roomCreation.templates)
        writer.write(each.room, each.pattern, true, origins.ofTemplates);
    return writer.document();
}

} // namespace dialogue::types
