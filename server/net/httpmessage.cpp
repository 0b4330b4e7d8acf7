#include "server/net/httpmessage.h"

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

QByteArray decoded(QByteArrayView text)
{
    const QByteArray bytes = text.toByteArray();
    return bytes.contains('%') ? QByteArray::fromPercentEncoding(bytes) : bytes;
}

} // namespace

QByteArray HttpHeaders::value(QByteArrayView name) const
{
    for (const auto &[fieldName, value] : m_fields) {
        if (sameName(fieldName, name))
            return value;
    }
    return {};
}

qsizetype HttpHeaders::count(QByteArrayView name) const
{
    return std::count_if(m_fields.begin(), m_fields.end(),
                         [&](const auto &field) { return sameName(field.first, name); });
}

bool HttpHeaders::hasToken(QByteArrayView name, QByteArrayView token) const
{
    for (const auto &[fieldName, value] : m_fields) {
        if (!sameName(fieldName, name))
            continue;
        const QList<QByteArray> items = value.split(',');
        if (std::any_of(items.begin(), items.end(),
                        [&](const QByteArray &item) { return sameName(item.trimmed(), token); }))
            return true;
    }
    return false;
}

QByteArray HttpRequest::parameter(QByteArrayView name) const
{
    for (const auto &[parameterName, value] : parameters) {
        if (QByteArrayView(parameterName) == name)
            return value;
    }
    return {};
}

QByteArray HttpQuery::value(QByteArrayView name) const
{
    QByteArrayView rest = m_text;
    while (!rest.isEmpty()) {
        const QByteArrayView item = upTo(rest, '&');
        rest = rest.sliced(std::min(item.size() + 1, rest.size()));
        const QByteArrayView key = upTo(item, '=');
        if (key == name || (key.contains('%') && decoded(key) == name))
            return decoded(item.sliced(std::min(key.size() + 1, item.size())));
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

HttpResponse HttpResponse::of(int status, const QByteArray &contentType, const QByteArray &body)
{
    HttpResponse response{.status = status, .body = body};
    response.headers.append("Content-Type", contentType);
    return response;
}

} // namespace dialogue
