#include "cli/api/apirequest.h"

#include "cli/base/jsonvalue.h"
#include "core/base/nearest.h"
#include "core/json/objectwriter.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

constexpr QLatin1StringView Methods[] = {"get"_L1, "post"_L1, "put"_L1, "patch"_L1, "delete"_L1};

/** What may be said of a request: where it goes, and how it is written. */
struct Place
{
    QString in; ///< "path", "query", "header" or "body".
    QJsonObject schema;
    bool isRequired = false;
};

QJsonObject bodySchemaOf(const ApiOperation &operation)
{
    return operation.object[u"requestBody"_s][u"content"_s][u"application/json"_s][u"schema"_s].toObject();
}

QList<std::pair<QString, Place>> placesOf(const ApiOperation &operation)
{
    QList<std::pair<QString, Place>> places;
    const QJsonArray parameters = operation.object[u"parameters"_s].toArray();
    for (const QJsonValue &each : parameters) {
        // Who we are, and to whom that is told, is not for a server's document to say.
        const QString name = each[u"name"_s].toString();
        if (name.compare(u"Authorization"_s, Qt::CaseInsensitive) == 0
            || name.compare(u"Host"_s, Qt::CaseInsensitive) == 0)
            continue;
        places.append(
            {name, {each[u"in"_s].toString(), each[u"schema"_s].toObject(), each[u"required"_s].toBool()}});
    }
    const QJsonObject body = bodySchemaOf(operation);
    const QJsonArray required = body[u"required"_s].toArray();
    const QJsonObject properties = body[u"properties"_s].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it)
        places.append({it.key(), {u"body"_s, it.value().toObject(), required.contains(it.key())}});
    return places;
}

Error wrongWord(const QString &name, const QString &message)
{
    return {.code = ErrorCode::InvalidRequest, .message = message, .path = name};
}

bool isText(const QJsonObject &schema) { return schema[u"type"_s].toString() == u"string"; }

/** A value of a body: text where it is one, a list of texts with commas between, else JSON. */
Result<JsonData> valueOf(const QString &name, const QString &text, const QJsonObject &schema)
{
    if (isText(schema))
        return JsonData(text);
    const bool isTexts = schema[u"type"_s].toString() == u"array" && isText(schema[u"items"_s].toObject());
    if (isTexts && !text.startsWith(u'['))
        return JsonData(QJsonArray::fromStringList(text.split(u',')));
    Result<JsonData> value = readJson(text.toUtf8());
    if (!value)
        return wrongWord(name, u"must be JSON: "_s + value.error().text());
    return value;
}

bool isPrintable(QChar c) { return c.unicode() >= 0x20 && c.unicode() != 0x7f; }

class Building
{
public:
    explicit Building(const ApiOperation &operation)
        : m_places(placesOf(operation))
        , m_request{.method = operation.method, .path = operation.path}
    { }

    Result<void> take(const QString &word)
    {
        const qsizetype equals = word.indexOf(u'=');
        if (equals <= 0)
            return wrongWord(word, u"must be NAME=VALUE"_s);
        const QString name = word.left(equals);
        const QString text = word.mid(equals + 1);
        const auto place = std::ranges::find(m_places, name, &std::pair<QString, Place>::first);
        if (place == m_places.end())
            return wrongWord(name, notKnown(name));
        if (m_taken.contains(name))
            return wrongWord(name, u"is there twice"_s);
        m_taken.append(name);
        const QByteArray encoded = QUrl::toPercentEncoding(text);
        const QString &in = place->second.in;
        if (in == u"path" && (text == u"." || text == u".."))
            return wrongWord(name, u"cannot be part of an address"_s);
        if (in == u"header" && !std::ranges::all_of(text, &isPrintable))
            return wrongWord(name, u"must have no control characters"_s);
        if (in == u"path")
            m_request.path.replace(u'{' + name + u'}', QString::fromLatin1(encoded));
        else if (in == u"query")
            m_query.append(name + u'=' + QString::fromLatin1(encoded));
        else if (in == u"header")
            m_request.headers.append({name.toUtf8(), text.toUtf8()});
        else
            return takeMember(name, text, place->second.schema);
        return {};
    }

    Result<ApiRequest> finish(const std::optional<QByteArray> &body)
    {
        for (const auto &[name, place] : std::as_const(m_places)) {
            const bool isGiven = m_taken.contains(name) || (body && place.in == u"body");
            if (place.isRequired && !isGiven)
                return wrongWord(name, u"is missing"_s);
        }
        const bool hasBody
            = std::ranges::any_of(m_places, [](const auto &each) { return each.second.in == u"body"; });
        if (body && m_hasMembers)
            return wrongWord(u"--body"_s, u"is all of the body; its members cannot be given besides"_s);
        if (!m_query.isEmpty())
            m_request.path += u'?' + m_query.join(u'&');
        if (body)
            m_request.body = *body;
        else if (hasBody)
            m_request.body = m_members.take();
        return m_request;
    }

private:
    Result<void> takeMember(const QString &name, const QString &text, const QJsonObject &schema)
    {
        const Result<JsonData> value = valueOf(name, text, schema);
        if (!value)
            return value.error();
        const QByteArray key = name.toUtf8();
        m_members.value(QLatin1String(key), *value);
        m_hasMembers = true;
        return {};
    }

    [[nodiscard]] QString notKnown(const QString &name) const
    {
        QStringList names;
        for (const auto &each : m_places)
            names.append(each.first);
        if (names.isEmpty())
            return u"is not known here, where nothing is asked for"_s;
        const QString near = nearest(name, names);
        return near.isEmpty() ? u"is not known here; there is: %1"_s.arg(names.join(u", "_s))
                              : u"is not known here; did you mean %1?"_s.arg(near);
    }

    const QList<std::pair<QString, Place>> m_places;
    ApiRequest m_request;
    QStringList m_taken;
    QStringList m_query;
    json::ObjectWriter m_members;
    bool m_hasMembers = false;
};

} // namespace

QList<ApiOperation> operationsOf(const QJsonObject &document)
{
    QList<ApiOperation> operations;
    const QJsonObject paths = document[u"paths"_s].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        for (const QLatin1StringView method : Methods) {
            const QJsonObject object = path.value()[method].toObject();
            const QString id = object[u"operationId"_s].toString();
            if (!id.isEmpty()) {
                operations.append({id, QByteArray(method.data(), method.size()).toUpper(), path.key(),
                                   object[u"summary"_s].toString(), object});
            }
        }
    }
    return operations;
}

Result<ApiRequest> apiRequest(const ApiOperation &operation, const QStringList &words,
                              const std::optional<QByteArray> &body)
{
    Building building(operation);
    for (const QString &word : words) {
        if (auto taken = building.take(word); !taken)
            return taken.error();
    }
    return building.finish(body);
}

} // namespace dialogue::cli
