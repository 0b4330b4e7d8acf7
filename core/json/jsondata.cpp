#include "core/json/jsondata.h"

#include "core/json/cursor.h"
#include "core/json/parsed.h"
#include "core/json/writer.h"

namespace dialogue {

JsonData JsonData::fromText(QByteArray text)
{
    JsonData data;
    data.m_text = std::move(text);
    data.m_value = QJsonValue::Undefined;
    return data;
}

QJsonValue JsonData::value() const
{
    if (m_text.isNull() || !m_value.isUndefined())
        return m_value;
    const QJsonValue::Type kind = type();
    if (kind == QJsonValue::Array)
        return json::parsed(m_text).array();
    if (kind == QJsonValue::Object)
        return json::parsed(m_text).object();
    return json::parsed('[' + m_text + ']').array().first(); // It takes nothing else alone.
}

void JsonData::dropValue()
{
    if (!m_text.isNull())
        m_value = QJsonValue::Undefined;
}

QByteArray JsonData::text() && { return m_text.isNull() ? std::as_const(*this).text() : std::move(m_text); }

QByteArray JsonData::text() const &
{
    if (!m_text.isNull())
        return m_text;
    QByteArray out;
    appendTo(out);
    return out;
}

void JsonData::appendTo(QByteArray &json) const
{
    if (m_text.isNull())
        json::appendValue(json, m_value);
    else
        json += m_text;
}

QJsonValue::Type JsonData::type() const
{
    if (m_text.isNull())
        return m_value.type();
    return json::Cursor(m_text).type();
}

} // namespace dialogue
