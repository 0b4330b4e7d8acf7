#include "core/protocol/dialogue/reader_p.h"

#include "core/base/foreigntext.h"

namespace dialogue::protocol {

namespace {

Error invalid(const QString &path, const QString &message)
{
    return {.code = ErrorCode::InvalidRequest, .message = message, .path = path};
}

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("a boolean");
    case QJsonValue::Double:
        return QStringLiteral("a number");
    case QJsonValue::String:
        return QStringLiteral("a string");
    case QJsonValue::Array:
        return QStringLiteral("an array");
    case QJsonValue::Object:
        return QStringLiteral("an object");
    case QJsonValue::Undefined:
        break;
    }
    return QStringLiteral("missing");
}

QString expectedButIs(const QString &expected, const QJsonValue &value)
{
    return QStringLiteral("must be %1, is %2").arg(expected, typeName(value));
}

} // namespace

Reader::Reader(const QJsonValue &json, const QString &path)
    : m_object(json.toObject())
    , m_path(path)
{
    if (!json.isObject())
        m_error = invalid(path, expectedButIs(QStringLiteral("an object"), json));
}

QString Reader::string(QLatin1String key, Length length)
{
    const QJsonValue member = value(key);
    if (!member.isString()) {
        fail(key, expectedButIs(QStringLiteral("a string"), member));
        return {};
    }
    const QString text = member.toString();
    if (text.size() < length.least)
        fail(key, QStringLiteral("must not be empty"));
    else if (text.size() > length.most)
        fail(key,
             QStringLiteral("must have at most %1 characters, has %2").arg(length.most).arg(text.size()));
    return text;
}

QString Reader::optionalString(QLatin1String key, Length length)
{
    return has(key) ? string(key, length) : QString();
}

QString Reader::id(QLatin1String key, Length length)
{
    QString id = string(key, length);
    if (const QString fault = faultOfId(id); !fault.isEmpty())
        fail(key, fault);
    return id;
}

QString Reader::optionalId(QLatin1String key, Length length)
{
    return has(key) ? id(key, length) : QString();
}

qint64 Reader::integer(QLatin1String key, qint64 least, qint64 most)
{
    const QJsonValue member = value(key);
    const double number = member.toDouble();
    // Compared as doubles first: converting one that does not fit would be undefined.
    const bool fits = member.isDouble() && number >= static_cast<double>(least)
        && number <= static_cast<double>(most) && number == static_cast<double>(static_cast<qint64>(number));
    if (fits)
        return static_cast<qint64>(number);
    const QString is = member.isDouble() ? QString::number(number, 'g', 17) : typeName(member);
    fail(key, QStringLiteral("must be a whole number from %1 to %2, is %3").arg(least).arg(most).arg(is));
    return 0;
}

std::optional<qint64> Reader::optionalInteger(QLatin1String key, qint64 least, qint64 most)
{
    if (!has(key))
        return std::nullopt;
    return integer(key, least, most);
}

std::optional<int> Reader::optionalInt(QLatin1String key, int least)
{
    const std::optional<qint64> number = optionalInteger(key, least, std::numeric_limits<int>::max());
    return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
}

std::optional<bool> Reader::optionalBool(QLatin1String key)
{
    if (!has(key))
        return std::nullopt;
    const QJsonValue member = value(key);
    if (!member.isBool())
        fail(key, expectedButIs(QStringLiteral("a boolean"), member));
    return member.toBool();
}

QJsonObject Reader::optionalObject(QLatin1String key)
{
    if (!has(key))
        return {};
    const QJsonValue member = value(key);
    if (!member.isObject())
        fail(key, expectedButIs(QStringLiteral("an object"), member));
    return member.toObject();
}

QJsonArray Reader::array(QLatin1String key)
{
    const QJsonValue member = value(key);
    if (!member.isArray())
        fail(key, expectedButIs(QStringLiteral("an array"), member));
    return member.toArray();
}

bool Reader::has(QLatin1String key) const
{
    const QJsonValue member = value(key);
    return !member.isUndefined() && !member.isNull();
}

QString Reader::pathOf(QLatin1String key) const
{
    return m_path.isEmpty() ? QString(key) : m_path + QLatin1Char('.') + key;
}

void Reader::fail(QLatin1String key, const QString &expected)
{
    if (!m_error)
        m_error = invalid(pathOf(key), expected);
}

QString elementPath(const QString &path, qsizetype index)
{
    return QStringLiteral("%1[%2]").arg(path).arg(index);
}

} // namespace dialogue::protocol
