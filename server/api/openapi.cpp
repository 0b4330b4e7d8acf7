#include "server/api/openapi.h"

#include "server/api/schemas.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

QString placeName(Place place)
{
    switch (place) {
    case Place::Path:
        return u"path"_s;
    case Place::Query:
        return u"query"_s;
    case Place::Header:
    case Place::Body:
        break;
    }
    return u"header"_s;
}

/** "/rooms/{roomId}" of "/rooms/:roomId". */
QString templateOf(const QByteArray &path)
{
    QStringList segments = QString::fromLatin1(path).split(u'/');
    for (QString &segment : segments) {
        if (segment.startsWith(u':'))
            segment = u'{' + segment.mid(1) + u'}';
    }
    return segments.join(u'/');
}

QJsonObject contentOf(const QString &type, const QJsonObject &schema)
{
    return {{u"content"_s, QJsonObject{{type, QJsonObject{{u"schema"_s, schema}}}}}};
}

QJsonObject parameterOf(const ParameterInfo &info)
{
    QJsonObject schema = schemaOf(info);
    schema.remove(u"description"_s);
    QJsonObject parameter{{u"name"_s, info.name},
                          {u"in"_s, placeName(info.place)},
                          {u"description"_s, info.doc},
                          {u"schema"_s, schema}};
    if (info.isRequired)
        parameter.insert(u"required"_s, true);
    if (info.type == ValueType::TextList)
        parameter.insert(u"explode"_s, false);
    return parameter;
}

QJsonObject responsesOf(const Operation &operation)
{
    QJsonObject good{
        {u"description"_s, operation.reply.isEmpty() ? u"It is done."_s : u"What was asked for."_s}};
    if (!operation.reply.isEmpty()) {
        const QJsonObject content = contentOf(u"application/json"_s, referenceTo(operation.reply));
        good.insert(u"content"_s, content[u"content"_s]);
    }
    QJsonObject bad = contentOf(u"application/problem+json"_s, referenceTo(u"Problem"_s));
    bad.insert(u"description"_s, u"What was wrong."_s);
    return {{QString::number(operation.status), good}, {u"default"_s, bad}};
}

QJsonObject toJson(const Operation &operation)
{
    QJsonObject json{{u"operationId"_s, operation.id},
                     {u"summary"_s, operation.summary},
                     {u"responses"_s, responsesOf(operation)}};
    if (!operation.scope.isEmpty()) {
        json.insert(u"description"_s, u"For keys with the scope `%1`."_s.arg(operation.scope));
        json.insert(u"x-scope"_s, operation.scope);
    }
    QJsonArray parameters;
    QList<ParameterInfo> body;
    for (const ParameterInfo &info : operation.parameters) {
        if (info.place == Place::Body)
            body.append(info);
        else
            parameters.append(parameterOf(info));
    }
    if (!parameters.isEmpty())
        json.insert(u"parameters"_s, parameters);
    if (!body.isEmpty()) {
        QJsonObject schema = objectSchemaOf(body);
        schema.insert(u"additionalProperties"_s, false); // It is refused, so that a slip of the pen is told.
        QJsonObject request = contentOf(u"application/json"_s, schema);
        request.insert(u"required"_s, schema.contains(u"required"_s));
        json.insert(u"requestBody"_s, request);
    }
    return json;
}

/** What a component may be called. */
QString componentName(const DeclaredEvent &event, const QJsonObject &taken)
{
    static const QRegularExpression others(u"[^A-Za-z0-9._-]"_s);
    QString name = u"event."_s + event.roomId + u'.' + event.event;
    name.replace(others, u"_"_s);
    QString unique = name;
    for (int i = 2; taken.contains(unique); ++i)
        unique = u"%1.%2"_s.arg(name).arg(i);
    return unique;
}

} // namespace

QJsonObject openApi(const QList<Operation> &operations, const QString &path,
                    const std::vector<DeclaredEvent> &events)
{
    QJsonObject paths;
    for (const Operation &operation : operations) {
        const QString at = templateOf(operation.path);
        QJsonObject item = paths[at].toObject();
        item.insert(QString::fromLatin1(operation.method).toLower(), toJson(operation));
        paths.insert(at, item);
    }
    QJsonObject schemas = componentSchemas();
    QJsonArray declared;
    for (const DeclaredEvent &event : events) {
        QJsonObject entry{{u"roomId"_s, event.roomId}, {u"event"_s, event.event}};
        if (!event.description.isEmpty())
            entry.insert(u"description"_s, event.description);
        if (!event.schema.isEmpty()) {
            const QString name = componentName(event, schemas);
            QJsonObject schema = event.schema;
            // A document of its own, so that "#/$defs/..." in it is found in it.
            if (!schema.contains(u"$id"_s))
                schema.insert(u"$id"_s, u"urn:dialogue:"_s + name);
            schemas.insert(name, schema);
            entry.insert(u"schema"_s, referenceTo(name));
        }
        declared.append(entry);
    }
    return {
        {u"openapi"_s, u"3.1.0"_s},
        {u"info"_s,
         QJsonObject{
             {u"title"_s, u"Dialogue"_s},
             {u"version"_s, QStringLiteral(DIALOGUE_VERSION)},
             {u"description"_s,
              u"Rooms, their events and who is in them, for programs that hold an API key. What each room's events say is listed in `x-events`."_s}}},
        {u"servers"_s, QJsonArray{QJsonObject{{u"url"_s, path}}}},
        {u"security"_s, QJsonArray{QJsonObject{{u"apiKey"_s, QJsonArray()}}}},
        {u"paths"_s, paths},
        {u"components"_s,
         QJsonObject{{u"schemas"_s, schemas},
                     {u"securitySchemes"_s,
                      QJsonObject{{u"apiKey"_s,
                                   QJsonObject{{u"type"_s, u"http"_s},
                                               {u"scheme"_s, u"bearer"_s},
                                               {u"description"_s,
                                                u"An API key, as dialogue-server key new makes it."_s}}}}}}},
        {u"x-events"_s, declared},
    };
}

} // namespace dialogue::api
