#include "core/json/objectwriter.h"

#include "core/base/digits.h"
#include "core/json/jsondata.h"
#include "core/json/plain_p.h"
#include "core/json/writer.h"

#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace dialogue::json {

char *ObjectWriter::room(qsizetype size)
{
    const qsizetype before = m_size;
    m_size += size;
    if (m_size > m_text.size())
        m_text.resize(std::max({m_expected, m_size, 2 * before}));
    return m_text.data() + before;
}

void ObjectWriter::append(QByteArrayView bytes) { std::copy(bytes.begin(), bytes.end(), room(bytes.size())); }

/** What knows nothing but a QByteArray to append to. */
template <class Function>
void ObjectWriter::appendWith(Function &&append)
{
    m_text.truncate(m_size);
    append(m_text);
    m_size = m_text.size();
}

void ObjectWriter::key(QLatin1String key)
{
    const char before = separator();
    char *to = room(key.size() + 4);
    *to++ = before;
    *to++ = '"';
    to = std::copy(key.begin(), key.end(), to);
    *to++ = '"';
    *to = ':';
}

void ObjectWriter::string(QLatin1String key, QStringView value)
{
    this->key(key);
    const qsizetype plain = plainRun(value);
    if (plain != value.size()) {
        appendWith([&](QByteArray &text) { appendString(text, value); });
        return;
    }
    char *to = room(plain + 2);
    *to++ = '"';
    to = copyPlain(value, to);
    *to = '"';
}

void ObjectWriter::number(QLatin1String key, qint64 value)
{
    this->key(key);
    append(Digits(value));
}

void ObjectWriter::boolean(QLatin1String key, bool value)
{
    this->key(key);
    append(value ? QByteArrayView("true") : QByteArrayView("false"));
}

void ObjectWriter::value(QLatin1String key, const JsonData &value)
{
    this->key(key);
    if (const QByteArray &text = value.ownText(); !text.isNull())
        append(text);
    else
        appendWith([&](QByteArray &all) { value.appendTo(all); });
}

void ObjectWriter::text(QLatin1String key, QByteArrayView json)
{
    this->key(key);
    append(json);
}

void ObjectWriter::members(const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        *room(1) = separator();
        appendWith([&](QByteArray &text) {
            appendString(text, it.key());
            text += ':';
            appendValue(text, it.value());
        });
    }
}

QByteArray ObjectWriter::take()
{
    if (m_size == 0)
        return QByteArrayLiteral("{}");
    *room(1) = '}';
    m_text.resize(std::exchange(m_size, 0));
    return std::exchange(m_text, {});
}

} // namespace dialogue::json
