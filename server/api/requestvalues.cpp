#include "server/api/requestvalues.h"

#include "core/base/foreigntext.h"
#include "core/base/nearest.h"
#include "core/json/cursor.h"
#include "core/protocol/socketio/packet.h"
#include "server/http/requesttarget.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

Error invalid(const QString &path, const QString &message)
{
    return {ErrorCode::InvalidRequest, message, path};
}

QString expected(const ParameterInfo &info)
{
    switch (info.type) {
    case ValueType::Text:
        return u"must be a text of %1 to %2 characters"_s.arg(info.least).arg(info.most);
    case ValueType::Number:
        return u"must be a whole number from %1 to %2"_s.arg(info.least).arg(info.most);
    case ValueType::Flag:
        return u"must be true or false"_s;
    case ValueType::TextList:
        return u"must be a list of %1 to %2 texts"_s.arg(info.least).arg(info.most);
    case ValueType::Object:
        return u"must be an object"_s;
    case ValueType::List:
        return u"must be a list of %1 to %2 objects"_s.arg(info.least).arg(info.most);
    case ValueType::Any:
        break;
    }
    return u"must be there"_s;
}

bool isWithin(const ParameterInfo &info, qint64 value) { return value >= info.least && value <= info.most; }

bool fits(const ParameterInfo &info, const JsonData &value)
{
    switch (info.type) {
    case ValueType::Text:
        return value.isString() && isWithin(info, value.toString().size());
    case ValueType::Number:
        return value.isDouble() && double(value.toInteger(info.least - 1)) == value.toDouble()
            && isWithin(info, value.toInteger());
    case ValueType::Flag:
        return value.isBool();
    case ValueType::TextList: {
        const QJsonArray list = value.toArray();
        return value.isArray() && isWithin(info, list.size())
            && std::all_of(list.begin(), list.end(), [](const QJsonValue &each) { return each.isString(); });
    }
    case ValueType::List:
        return value.isArray() && isWithin(info, qint64(itemsOf(value).size()));
    case ValueType::Object:
        return value.isObject();
    case ValueType::Any:
        break;
    }
    return true;
}

Result<void> check(const ParameterInfo &info, const JsonData &value, const QString &path)
{
    if (!fits(info, value))
        return invalid(path, expected(info));
    // It would stand for the attachment of another event.
    const bool isFree = info.type == ValueType::Any || info.type == ValueType::Object;
    if (isFree && !socketio::placeholdersFit(value, 0))
        return invalid(path, u"holds a placeholder of a binary attachment, and there are none over HTTP"_s);
    if (info.isId) {
        if (const QString fault = faultOfId(value.toString()); !fault.isEmpty())
            return invalid(path, fault);
    }
    return {};
}

/** What stands as text in a path, a query or a header. */
std::optional<JsonData> valueOfText(const ParameterInfo &info, const QByteArray &text)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decode(text);
    if (decode.hasError())
        return {};
    bool isNumber = false;
    switch (info.type) {
    case ValueType::Number: {
        const qint64 number = text.toLongLong(&isNumber);
        return isNumber && QByteArray::number(number) == text ? std::optional<JsonData>(number)
                                                              : std::nullopt;
    }
    case ValueType::Flag:
        if (text == "true" || text == "false")
            return JsonData(text == "true");
        return {};
    case ValueType::TextList:
        return JsonData(QJsonArray::fromStringList(decoded.split(u',')));
    default:
        return JsonData(decoded);
    }
}

QString notKnown(const QString &name, const QList<ParameterInfo> &parameters, Place place)
{
    QStringList names;
    for (const ParameterInfo &each : parameters) {
        if (each.place == place)
            names.append(each.name);
    }
    if (names.isEmpty())
        return u"is not known here, where nothing is asked for"_s;
    const QString near = nearest(name, names);
    return near.isEmpty() ? u"is not known here; there is: %1"_s.arg(names.join(u", "_s))
                          : u"is not known here; did you mean \"%1\"?"_s.arg(near);
}

/** Which of \a parameters is called so; -1: none. */
qsizetype indexOf(const QList<ParameterInfo> &parameters, Place place, const QString &name)
{
    const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const ParameterInfo &each) {
        return each.place == place && each.name == name;
    });
    return found == parameters.end() ? -1 : found - parameters.begin();
}

QString below(const QString &path, const QString &name) { return path.isEmpty() ? name : path + u'.' + name; }

/** Reads one request; after the first fault there is nothing more to say. */
class Reading
{
public:
    explicit Reading(const QList<ParameterInfo> &parameters)
        : m_parameters(parameters)
        , m_values(std::size_t(parameters.size()))
    { }

    Result<void> readText(qsizetype index, const QByteArray &text)
    {
        const ParameterInfo &info = m_parameters[index];
        const std::optional<JsonData> value = valueOfText(info, text);
        if (!value)
            return invalid(info.name, expected(info));
        return take(index, *value, info.name);
    }

    Result<void> readQuery(const QByteArray &query)
    {
        for (const QByteArray &item : query.split('&')) {
            if (item.isEmpty())
                continue;
            const qsizetype equals = item.indexOf('=');
            const QString name = QString::fromUtf8(percentDecoded(equals < 0 ? item : item.left(equals)));
            const qsizetype index = indexOf(m_parameters, Place::Query, name);
            if (index < 0)
                return invalid(printable(name.left(64)), notKnown(name, m_parameters, Place::Query));
            // A plus is a blank there, as forms write it.
            QByteArray text = equals < 0 ? QByteArray() : item.mid(equals + 1);
            text.replace('+', ' ');
            if (auto read = readText(index, percentDecoded(text)); !read)
                return read;
        }
        return {};
    }

    Result<void> readObject(const QByteArray &json, const QString &path)
    {
        json::Cursor cursor(json);
        if (cursor.type() != QJsonValue::Object)
            return invalid(path, u"must be a JSON object"_s);
        for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
            const QString name = cursor.key().decoded();
            const QByteArrayView text = cursor.skip();
            if (cursor.failed())
                break;
            const qsizetype index = indexOf(m_parameters, Place::Body, name);
            if (index < 0) {
                return invalid(below(path, printable(name.left(64))),
                               notKnown(name, m_parameters, Place::Body));
            }
            const JsonData value = JsonData::fromText(text.toByteArray());
            if (value.isNull() && m_parameters[index].type != ValueType::Any)
                continue; // As left out, as everywhere in Dialogue.
            if (auto taken = take(index, value, below(path, name)); !taken)
                return taken;
        }
        if (!cursor.atEnd())
            return cursor.error();
        return {};
    }

    Result<Values> finish(const QString &path)
    {
        for (qsizetype i = 0; i < m_parameters.size(); ++i) {
            const ParameterInfo &info = m_parameters[i];
            if (info.isRequired && !m_values[std::size_t(i)])
                return invalid(below(path, info.name), u"is missing: it "_s + expected(info));
        }
        return std::move(m_values);
    }

private:
    Result<void> take(qsizetype index, const JsonData &value, const QString &path)
    {
        std::optional<JsonData> &to = m_values[std::size_t(index)];
        if (to)
            return invalid(path, u"is there twice"_s);
        if (auto good = check(m_parameters[index], value, path); !good)
            return good;
        to = value;
        return {};
    }

    const QList<ParameterInfo> &m_parameters;
    Values m_values;
};

/** One field at most: of several nobody knows which was meant, and proxies may join or drop them. */
Result<void> readHeaders(Reading &reading, qsizetype index, const HttpHeaders &headers,
                         const QByteArray &name)
{
    switch (headers.count(name)) {
    case 0:
        return {};
    case 1:
        return reading.readText(index, headers.value(name));
    default:
        return invalid(QString::fromUtf8(name), u"is there twice"_s);
    }
}

} // namespace

Result<Values> valuesOf(const HttpRequest &request, const QList<ParameterInfo> &parameters)
{
    Reading reading(parameters);
    bool hasBody = false;
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        const ParameterInfo &info = parameters[i];
        const QByteArray name = info.name.toUtf8();
        hasBody = hasBody || info.place == Place::Body;
        Result<void> read;
        if (info.place == Place::Path)
            read = reading.readText(i, request.parameter(name));
        else if (info.place == Place::Header)
            read = readHeaders(reading, i, request.headers, name);
        if (!read)
            return read.error();
    }
    if (auto read = reading.readQuery(request.query.text()); !read)
        return read.error();
    const QByteArray body = request.body.trimmed();
    if (hasBody || !body.isEmpty()) {
        if (auto read = reading.readObject(body.isEmpty() ? QByteArrayLiteral("{}") : body, {}); !read)
            return read.error();
    }
    return reading.finish({});
}

Result<Values> membersOf(const JsonData &object, const QList<ParameterInfo> &parameters, const QString &path)
{
    Reading reading(parameters);
    if (auto read = reading.readObject(object.text(), path); !read)
        return read.error();
    return reading.finish(path);
}

std::vector<JsonData> itemsOf(const JsonData &list)
{
    const QByteArray text = list.text();
    std::vector<JsonData> items;
    json::Cursor cursor(text);
    for (bool more = cursor.enterArray(); more; more = cursor.nextItem())
        items.push_back(JsonData::fromText(cursor.skip().toByteArray()));
    return items;
}

} // namespace dialogue::api
