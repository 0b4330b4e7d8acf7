#include "core/json/objectwriter.h"

#include "core/base/bytes.h"
#include "core/json/jsondata.h"
#include "core/json/writer.h"

#include <QJsonObject>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace dialogue::json {

char ObjectWriter::separator()
{
    if (!m_text.isEmpty())
        return ',';
    m_text.reserve(m_expected);
    return '{';
}

void ObjectWriter::key(QLatin1String key)
{
    const char before = separator();
    char *to = extend(m_text, key.size() + 4);
    *to++ = before;
    *to++ = '"';
    to = std::copy(key.begin(), key.end(), to);
    *to++ = '"';
    *to = ':';
}

void ObjectWriter::string(QLatin1String key, QStringView value)
{
    this->key(key);
    appendString(m_text, value);
}

void ObjectWriter::number(QLatin1String key, qint64 value)
{
    this->key(key);
    std::array<char, 20> digits{}; // Of the smallest: a sign and 19.
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    appendBytes(m_text, {digits.data(), end});
}

void ObjectWriter::boolean(QLatin1String key, bool value)
{
    this->key(key);
    m_text += value ? "true" : "false";
}

void ObjectWriter::value(QLatin1String key, const JsonData &value)
{
    this->key(key);
    value.appendTo(m_text);
}

void ObjectWriter::text(QLatin1String key, QByteArrayView json)
{
    this->key(key);
    appendBytes(m_text, json);
}

void ObjectWriter::members(const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        m_text += separator();
        appendString(m_text, it.key());
        m_text += ':';
        appendValue(m_text, it.value());
    }
}

QByteArray ObjectWriter::take()
{
    if (m_text.isEmpty())
        return QByteArrayLiteral("{}");
    m_text += '}';
    return std::exchange(m_text, {});
}

} // namespace dialogue::json
