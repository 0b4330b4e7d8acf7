#include "server/http/httpmessage.h"

#include "core/base/bytes.h"
#include "core/json/cursor.h"
#include "core/json/jsondata.h"
#include "server/http/contentcoding.h"
#include "server/http/requesttarget.h"

#include <QJsonDocument>

#include <algorithm>

namespace dialogue {

namespace {

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

QByteArrayView upTo(QByteArrayView text, char end)
{
    const qsizetype at = text.indexOf(end);
    return at < 0 ? text : text.first(at);
}

} // namespace

void HttpHeaders::append(QByteArrayView name, QByteArrayView value)
{
    const qsizetype begin = m_text.size();
    const QByteArray before = m_text.capacity() - begin < name.size() + value.size()
        ? m_text
        : QByteArray(); // They may be of ours.
    appendBytes(m_text, name);
    appendBytes(m_text, value);
    m_places.append({quint32(begin + name.size()), quint32(m_text.size())});
}

void HttpHeaders::reserve(qsizetype bytes, qsizetype fields)
{
    m_text.reserve(bytes);
    m_places.reserve(fields);
}

HttpHeaders::Field HttpHeaders::at(qsizetype index) const
{
    const QByteArrayView text(m_text);
    const Place place = m_places[index];
    const qsizetype begin = index == 0 ? 0 : m_places[index - 1].end;
    return {text.sliced(begin, place.middle - begin), text.sliced(place.middle, place.end - place.middle)};
}

QByteArray HttpHeaders::value(QByteArrayView name) const
{
    for (qsizetype index = 0; index < m_places.size(); ++index) {
        if (const auto [fieldName, value] = at(index); sameName(fieldName, name))
            return value.toByteArray();
    }
    return {};
}

QByteArray HttpHeaders::joined(QByteArrayView name) const
{
    QByteArray all;
    for (qsizetype index = 0; index < m_places.size(); ++index) {
        const auto [fieldName, value] = at(index);
        if (!sameName(fieldName, name))
            continue;
        if (!all.isEmpty())
            all.append(", ");
        appendBytes(all, value);
    }
    return all;
}

qsizetype HttpHeaders::count(QByteArrayView name) const
{
    qsizetype count = 0;
    for (qsizetype index = 0; index < m_places.size(); ++index)
        count += sameName(at(index).first, name) ? 1 : 0;
    return count;
}

bool HttpHeaders::hasToken(QByteArrayView name, QByteArrayView token) const
{
    for (qsizetype index = 0; index < m_places.size(); ++index) {
        auto [fieldName, rest] = at(index);
        if (!sameName(fieldName, name))
            continue;
        while (!rest.isEmpty()) {
            const QByteArrayView item = upTo(rest, ',');
            if (sameName(item.trimmed(), token))
                return true;
            rest = rest.sliced(std::min(item.size() + 1, rest.size()));
        }
    }
    return false;
}

QList<HttpHeaders::Field> HttpHeaders::fields() const
{
    QList<Field> fields;
    fields.reserve(m_places.size());
    for (qsizetype index = 0; index < m_places.size(); ++index)
        fields.append(at(index));
    return fields;
}

QByteArray HttpRequest::parameter(QByteArrayView name) const
{
    for (const auto &[parameterName, value] : parameters) {
        if (QByteArrayView(parameterName) == name)
            return value;
    }
    return {};
}

Result<QJsonValue> HttpRequest::json() const
{
    if (const QByteArray coding = bodyCoding(headers); !coding.isEmpty() && !body.isEmpty())
        return Error{ErrorCode::ParseError, codingRefusal(coding)};
    const QByteArray text = body.trimmed();
    if (text.isEmpty())
        return Error{ErrorCode::ParseError, QStringLiteral("The body is empty, and so no JSON")};
    if (const Result<void> checked = json::check(text); !checked) {
        Error error = checked.error();
        error.message.prepend(QStringLiteral("The body is no JSON: "));
        return error;
    }
    return JsonData::fromText(text).value();
}

QByteArray HttpQuery::value(QByteArrayView name) const
{
    QByteArrayView rest = m_text;
    while (!rest.isEmpty()) {
        const QByteArrayView item = upTo(rest, '&');
        rest = rest.sliced(std::min(item.size() + 1, rest.size()));
        const QByteArrayView key = upTo(item, '=');
        if (key == name || (key.contains('%') && percentDecoded(key) == name))
            return percentDecoded(item.sliced(std::min(key.size() + 1, item.size())));
    }
    return {};
}

HttpResponse HttpResponse::text(const QByteArray &body, int status)
{
    return of(status, "text/plain; charset=UTF-8", body);
}

HttpResponse HttpResponse::html(const QByteArray &body, int status)
{
    return of(status, "text/html; charset=UTF-8", body);
}

HttpResponse HttpResponse::json(const QJsonObject &object, int status)
{
    return of(status, "application/json", QJsonDocument(object).toJson(QJsonDocument::Compact));
}

HttpResponse HttpResponse::json(const QJsonArray &array, int status)
{
    return of(status, "application/json", QJsonDocument(array).toJson(QJsonDocument::Compact));
}

HttpResponse HttpResponse::json(std::initializer_list<std::pair<QString, QJsonValue>> members, int status)
{
    return json(QJsonObject(members), status);
}

HttpResponse HttpResponse::of(int status, const QByteArray &contentType, const QByteArray &body)
{
    HttpResponse response{.status = status, .body = body};
    response.headers.append("Content-Type", contentType);
    return response;
}

} // namespace dialogue
