#include "server/types/asyncapi.h"

#include "server/tcp/listenhosts.h"
#include "server/types/bundle.h"

#include <QHostAddress>
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

/** Where the server listens, as far as that is an address of TCP; what it is called outside nobody knows
 * here. */
QJsonObject serverOf(const ServerConfig &config)
{
    if (config.host.startsWith(UnixPrefix) || config.host == HandedOver || config.host == NoListener)
        return {};
    const QHostAddress address(config.host);
    const bool isAny = QList<QHostAddress>{QHostAddress::AnyIPv4, QHostAddress::AnyIPv6}.contains(address);
    QString host = isAny ? u"localhost"_s : config.host;
    if (host.contains(u':'))
        host = u'[' + host + u']';
    if (config.port != 0)
        host += u':' + QString::number(config.port);
    return {{u"host"_s, host},
            {u"protocol"_s, config.tls.isSet() ? u"wss"_s : u"ws"_s},
            {u"pathname"_s, config.engine.path},
            {u"description"_s, u"Socket.IO, protocol 5 over Engine.IO's 4, by WebSocket or HTTP polling."_s}};
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
    [[nodiscard]] QJsonObject document(const ServerConfig &config) const;

private:
    void writeOperation(const QString &action, const QString &channel, const QString &message);
    QJsonObject messageOf(const EventDefinition &event, const QString &key, const QString &room,
                          const SchemaPlaces &places);
    QJsonValue bundled(const Schema &schema, const SchemaPlace &place, const QString &key);
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
    const EventSchemaPlaces place = places.value({room, event.name});
    if (!event.schema.isEmpty())
        message.insert("payload"_L1, bundled(event.schema, place.schema, key));
    // Headers are an object for who reads them, whatever else is said of them.
    if (!event.takesMeta)
        message.insert("headers"_L1, QJsonObject{{u"type"_s, u"object"_s}, {u"maxProperties"_s, 0}});
    else if (!event.meta.isEmpty())
        message.insert(
            "headers"_L1,
            QJsonObject{{u"type"_s, u"object"_s},
                        {u"allOf"_s, QJsonArray{bundled(event.meta, place.meta, key + u"Meta"_s)}}});
    return message;
}

QJsonValue AsyncApiWriter::bundled(const Schema &schema, const SchemaPlace &place, const QString &key)
{
    const QJsonValue json = schema.toJson();
    return place.isWholeFile ? m_bundle.add(m_documents.addWhole(json, place.uri), key)
                             : m_bundle.add(m_documents.addPart(json, place.uri), key);
}

void AsyncApiWriter::writeOperation(const QString &action, const QString &channel, const QString &message)
{
    const QString place = u"#/channels/"_s + channel;
    m_operations.insert(action + message,
                        QJsonObject{{u"action"_s, action},
                                    {u"channel"_s, pointTo(place)},
                                    {u"messages"_s, QJsonArray{pointTo(place + u"/messages/"_s + message)}}});
}

QJsonObject AsyncApiWriter::document(const ServerConfig &config) const
{
    QJsonObject document{
        {u"asyncapi"_s, u"3.0.0"_s},
        {u"info"_s,
         QJsonObject{{u"title"_s, u"Dialogue"_s},
                     {u"version"_s, u"1.0.0"_s},
                     {u"description"_s,
                      u"Rooms over Socket.IO: a channel is a room, a message an event. Its payload is what "
                      "the event carries as data: clients say it with dialogue:trigger, and hear it with "
                      "dialogue:event. Its headers are what a client may say in the meta beside it."_s}}},
        {u"defaultContentType"_s, u"application/json"_s},
        {u"channels"_s, m_channels},
        {u"operations"_s, m_operations},
        {u"components"_s, QJsonObject{{u"messages"_s, m_messages}, {u"schemas"_s, m_bundle.schemas()}}}};
    if (const QJsonObject server = serverOf(config); !server.isEmpty())
        document.insert("servers"_L1, QJsonObject{{u"dialogue"_s, server}});
    return document;
}

} // namespace

QJsonObject asyncApi(const ServerConfig &config, const SchemaOrigins &origins)
{
    AsyncApiWriter writer(origins);
    for (const RoomConfig &room : config.rooms)
        writer.write(room, room.id, false, origins.ofRooms);
    for (const RoomTemplate &each : config.roomCreation.templates)
        writer.write(each.room, each.pattern, true, origins.ofTemplates);
    return writer.document(config);
}

} // namespace dialogue::types
