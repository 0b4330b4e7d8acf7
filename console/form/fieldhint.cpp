#include "console/form/fieldhint.h"

#include "console/form/fieldvalues.h"
#include "core/base/foreigntext.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

struct Hint
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::Hint)
};

constexpr qsizetype LongestName = 60;

QString typeName(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Text:
    case FieldKind::DateTime:
        return Hint::tr("text");
    case FieldKind::Integer:
        return Hint::tr("whole number");
    case FieldKind::Number:
        return Hint::tr("number");
    case FieldKind::Boolean:
        return Hint::tr("true or false");
    case FieldKind::Null:
        return Hint::tr("null");
    case FieldKind::Choice:
        return Hint::tr("one of a list");
    case FieldKind::Object:
        return Hint::tr("object");
    case FieldKind::Array:
        return Hint::tr("list");
    case FieldKind::Branches:
        return Hint::tr("one of several");
    case FieldKind::Json:
        break;
    }
    return Hint::tr("JSON");
}

/** "1 to 5", "at least 1", "at most 5", or nothing, of two members of the schema. */
QString between(const QJsonValue &least, const QJsonValue &most)
{
    const auto text = [](const QJsonValue &value) { return labelOf(value); };
    if (least.isDouble() && most.isDouble())
        return Hint::tr("%1 to %2").arg(text(least), text(most));
    if (least.isDouble())
        return Hint::tr("at least %1").arg(text(least));
    return most.isDouble() ? Hint::tr("at most %1").arg(text(most)) : QString();
}

QStringList numberBounds(const QJsonObject &schema)
{
    QStringList bounds{between(schema.value("minimum"_L1), schema.value("maximum"_L1))};
    if (const QJsonValue above = schema.value("exclusiveMinimum"_L1); above.isDouble())
        bounds.append(Hint::tr("more than %1").arg(labelOf(above)));
    if (const QJsonValue below = schema.value("exclusiveMaximum"_L1); below.isDouble())
        bounds.append(Hint::tr("less than %1").arg(labelOf(below)));
    if (const QJsonValue step = schema.value("multipleOf"_L1); step.isDouble() && step.toDouble() != 1)
        bounds.append(Hint::tr("a multiple of %1").arg(labelOf(step)));
    return bounds;
}

QStringList textBounds(const QJsonObject &schema)
{
    QStringList bounds;
    if (const QString length = between(schema.value("minLength"_L1), schema.value("maxLength"_L1));
        !length.isEmpty())
        bounds.append(Hint::tr("characters: %1", "a range of lengths").arg(length));
    if (const QString format = schema.value("format"_L1).toString(); !format.isEmpty())
        bounds.append(Hint::tr("%1 format", "email, uuid, ...").arg(labelOf(format)));
    if (const QString pattern = schema.value("pattern"_L1).toString(); !pattern.isEmpty())
        bounds.append(Hint::tr("like %1", "regular expression").arg(labelOf(pattern)));
    return bounds;
}

} // namespace

QString captionOf(const Field &field)
{
    if (!field.title.isEmpty())
        return field.title;
    const QString name = printable(field.name);
    return name.size() > LongestName ? QString(name.left(LongestName) + u'…') : name;
}

QString branchCaptionOf(const Field &branch)
{
    if (!branch.title.isEmpty())
        return branch.title;
    // What people tell branches from one another by: a member that can be one thing alone.
    const QJsonObject properties = branch.schema.value("properties"_L1).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (const QJsonValue only = it.value()["const"_L1]; !only.isUndefined())
            return printable(it.key()) + u": "_s + labelOf(only);
    }
    if (branch.kind == FieldKind::Choice && branch.choices.size() == 1)
        return branch.choices.first().label;
    if (branch.kind == FieldKind::Object && !properties.isEmpty())
        return Hint::tr("object with %1").arg(labelOf(properties.keys().mid(0, 3).join(u", "_s)));
    return typeName(branch.kind);
}

QString boundsOf(const Field &field)
{
    QStringList bounds;
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Number:
        bounds = numberBounds(field.schema);
        break;
    case FieldKind::Text:
        bounds = textBounds(field.schema);
        break;
    case FieldKind::DateTime:
        bounds.append(Hint::tr("date and time in UTC"));
        break;
    case FieldKind::Array:
        if (const QString count
            = between(field.schema.value("minItems"_L1), field.schema.value("maxItems"_L1));
            !count.isEmpty())
            bounds.append(Hint::tr("items: %1", "a range of counts").arg(count));
        if (field.schema.value("uniqueItems"_L1).toBool())
            bounds.append(Hint::tr("each once"));
        break;
    default:
        break;
    }
    bounds.removeAll(QString());
    return bounds.join(Hint::tr(", "));
}

QString helpOf(const Field &field)
{
    QStringList help{field.description, boundsOf(field)};
    help.removeAll(QString());
    return help.join(u" · "_s);
}

QString exampleOf(const Field &field)
{
    const QJsonValue example = field.schema.value("examples"_L1).toArray().at(0);
    return example.isUndefined() ? QString() : Hint::tr("for instance %1").arg(labelOf(example));
}

} // namespace dialogue::console
