#include "console/form/fieldvalues.h"

#include "core/base/foreigntext.h"
#include "core/json/jsondata.h"
#include "core/schema/format.h"

#include <QJsonArray>

#include <cmath>
#include <limits>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

using Limits = std::numeric_limits<qint64>;

constexpr qsizetype LongestLabel = 80;
constexpr double Beyond = 9223372036854775808.0; // 2^63, the first that 64 bits do not hold.

qint64 roundedUp(const QJsonValue &number)
{
    if (const std::optional<qint64> whole = wholeNumber(number))
        return *whole;
    const double up = std::ceil(number.toDouble());
    if (up >= Beyond)
        return Limits::max();
    return up < -Beyond ? Limits::min() : qint64(up);
}

qint64 roundedDown(const QJsonValue &number)
{
    if (const std::optional<qint64> whole = wholeNumber(number))
        return *whole;
    const double down = std::floor(number.toDouble());
    if (down >= Beyond)
        return Limits::max();
    return down < -Beyond ? Limits::min() : qint64(down);
}

} // namespace

std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    if (!value.isDouble())
        return {};
    // Two that stand for "it is none": no number is both.
    const qint64 whole = value.toInteger(0);
    return whole == value.toInteger(1) ? std::optional(whole) : std::nullopt;
}

bool canHold(const Field &field, const QJsonValue &value)
{
    switch (field.kind) {
    case FieldKind::Text:
        return value.isString();
    case FieldKind::DateTime:
        return value.isString() && momentOf(value.toString());
    case FieldKind::Integer:
        return wholeNumber(value).has_value();
    case FieldKind::Number:
        return value.isDouble();
    case FieldKind::Boolean:
        return value.isBool();
    case FieldKind::Null:
        return value.isNull();
    case FieldKind::Choice:
        return std::any_of(field.choices.begin(), field.choices.end(),
                           [&](const FieldChoice &choice) { return choice.value == value; });
    case FieldKind::Object:
        return value.isObject();
    case FieldKind::Array:
        return value.isArray();
    case FieldKind::Branches:
    case FieldKind::Json:
        break;
    }
    return !value.isUndefined();
}

QString labelOf(const QJsonValue &value)
{
    const QString text = value.isString() ? value.toString() : QString::fromUtf8(JsonData(value).text());
    const QString label
        = printable(text.size() > LongestLabel ? QString(text.left(LongestLabel) + u'…') : text);
    return label.isEmpty() ? u"\"\""_s : label;
}

IntegerRange rangeOf(const Field &field)
{
    IntegerRange range{Limits::min(), Limits::max(), 1};
    const QJsonObject &schema = field.schema;
    if (const QJsonValue least = schema.value("minimum"_L1); least.isDouble())
        range.least = roundedUp(least);
    if (const QJsonValue above = schema.value("exclusiveMinimum"_L1); above.isDouble()) {
        const qint64 down = roundedDown(above);
        range.least = std::max(range.least, down == Limits::max() ? down : down + 1);
    }
    if (const QJsonValue most = schema.value("maximum"_L1); most.isDouble())
        range.most = roundedDown(most);
    if (const QJsonValue below = schema.value("exclusiveMaximum"_L1); below.isDouble()) {
        const qint64 up = roundedUp(below);
        range.most = std::min(range.most, up == Limits::min() ? up : up - 1);
    }
    const std::optional<qint64> step = wholeNumber(schema.value("multipleOf"_L1));
    range.step = step && *step > 0 ? *step : 1;
    return range;
}

std::optional<QDateTime> momentOf(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    if (!schema::matches(schema::Format::DateTime, {utf8.constData(), std::size_t(utf8.size())}))
        return {};
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
    constexpr int FirstYear = 1753; // Of the calendar of QDateTimeEdit, without the year of its change.
    return moment.isValid() && moment.date().year() >= FirstYear && moment.date().year() <= 9998
        ? std::optional(moment)
        : std::nullopt;
}

QString textOfMoment(const QDateTime &moment)
{
    const QDateTime utc = moment.toUTC();
    return utc.toString(utc.time().msec() == 0 ? Qt::ISODate : Qt::ISODateWithMs);
}

} // namespace dialogue::console
