#include "console/form/fieldvalues.h"
#include "console/form/formschema.h"

#include <QJsonArray>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostValues = 300; // In one go; what is beyond them somebody has to add.

QJsonValue nearestToZero(const Field &field)
{
    const IntegerRange range = rangeOf(field);
    qint64 value = std::clamp<qint64>(0, std::min(range.least, range.most), range.most);
    if (value < range.least)
        value = range.least;
    // To the next multiple, where there is room for it.
    if (const qint64 beyond = value % range.step; beyond > 0 && value <= range.most - (range.step - beyond))
        value += range.step - beyond;
    return value;
}

QJsonValue smallestNumber(const Field &field)
{
    const QJsonObject &schema = field.schema;
    const double least = std::max(schema.value("minimum"_L1).toDouble(-1e300),
                                  schema.value("exclusiveMinimum"_L1).toDouble(-1e300));
    const double most = std::min(schema.value("maximum"_L1).toDouble(1e300),
                                 schema.value("exclusiveMaximum"_L1).toDouble(1e300));
    return std::min(std::max(0.0, least), most);
}

} // namespace

QJsonValue FormSchema::initialValue(const Field &field) const
{
    int left = MostValues;
    return initialValue(field, left);
}

QJsonValue FormSchema::initialValue(const Field &field, int &left) const
{
    if (const QJsonValue preset = field.schema.value("default"_L1); !preset.isUndefined())
        return preset;
    switch (field.kind) {
    case FieldKind::Text:
        return QString();
    case FieldKind::DateTime:
        return textOfMoment(QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch()));
    case FieldKind::Integer:
        return nearestToZero(field);
    case FieldKind::Number:
        return smallestNumber(field);
    case FieldKind::Boolean:
        return false;
    case FieldKind::Choice:
        return field.choices.first().value;
    case FieldKind::Object: {
        QJsonObject object;
        const qsizetype required = field.schema.value("required"_L1).toArray().size();
        const QList<Field> all = members(field, std::min<qsizetype>(required, std::max(left, 0)));
        left -= int(all.size());
        for (const Field &member : all) {
            if (member.isRequired)
                object.insert(member.name, initialValue(member, left));
        }
        return object;
    }
    case FieldKind::Array: {
        QJsonArray array;
        const int least = field.schema.value("minItems"_L1).toInt();
        while (array.size() < least && left-- > 0)
            array.append(initialValue(item(field, array.size()), left));
        return array;
    }
    case FieldKind::Branches:
        return initialValue(branches(field).first(), left);
    case FieldKind::Null:
    case FieldKind::Json:
        break;
    }
    const QString type = field.schema.value("type"_L1).toString();
    if (type == u"object")
        return QJsonObject();
    return type == u"array" ? QJsonValue(QJsonArray()) : QJsonValue(QJsonValue::Null);
}

} // namespace dialogue::console
