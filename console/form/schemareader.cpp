#include "console/form/schemareader.h"

#include "console/form/schemamerge.h"
#include "core/base/foreigntext.h"

#include <QJsonArray>
#include <QUrl>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostSteps = 300; // References followed and schemas merged, for one field.
constexpr int MostDefinitions = 2000; // Definitions looked at for one of that name.

QJsonValue atPointer(const QJsonObject &document, const QString &pointer)
{
    QJsonValue value = document;
    const QStringList parts = pointer.split(u'/').mid(1);
    for (QString part : parts) {
        part.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    }
    return value;
}

/** In steps: large ones cost more. */
int costOf(const QJsonObject &schema)
{
    constexpr qsizetype InOneStep = 100; // Properties, or values.
    const qsizetype parts = schema.value("properties"_L1).toObject().size()
        + schema.value("enum"_L1).toArray().size() + schema.value("required"_L1).toArray().size();
    return int(1 + parts / InOneStep);
}

/** Definitions alone: who gives a schema a name has it stand there. */
QJsonValue atAnchor(const QJsonObject &document, const QString &name)
{
    int steps = MostDefinitions;
    for (const QLatin1StringView place : {"$defs"_L1, "definitions"_L1}) {
        const QJsonObject definitions = document.value(place).toObject();
        for (const QJsonValue &each : definitions) {
            const QJsonObject schema = each.toObject();
            if (schema.value("$anchor"_L1) == name || schema.value("$dynamicAnchor"_L1) == name
                || schema.value("$id"_L1) == QString(u'#' + name))
                return each;
            if (--steps == 0)
                return QJsonValue::Undefined;
        }
    }
    return document.value("$anchor"_L1) == name || document.value("$dynamicAnchor"_L1) == name
        ? QJsonValue(document)
        : QJsonValue(QJsonValue::Undefined);
}

} // namespace

struct SchemaReader::Work
{
    FlatSchema made = {};
    int steps = MostSteps;
};

SchemaReader::SchemaReader(const QJsonObject &document)
    : m_document(document)
    , m_isDraft7(document.value("$schema"_L1).toString().contains("draft-07"_L1))
{ }

FlatSchema SchemaReader::flattened(const QJsonValue &schema) const
{
    Work work;
    add(schema, work);
    return work.made;
}

QJsonValue SchemaReader::referred(const QString &reference) const
{
    const qsizetype hash = reference.indexOf(u'#');
    const QString document = reference.left(hash); // All of it, where there is none.
    if (!document.isEmpty() && document != m_document.value("$id"_L1).toString())
        return QJsonValue::Undefined;
    const QString place
        = hash < 0 ? QString() : QUrl::fromPercentEncoding(QStringView(reference).sliced(hash + 1).toUtf8());
    if (place.isEmpty())
        return m_document;
    return place.startsWith(u'/') ? atPointer(m_document, place) : atAnchor(m_document, place);
}

void SchemaReader::add(const QJsonValue &value, Work &work) const
{
    FlatSchema &made = work.made;
    if (!made.obstacle.isEmpty() || value == QJsonValue(true))
        return;
    work.steps -= costOf(value.toObject());
    if (work.steps < 0) {
        made.obstacle = tr("It refers to too many other schemas, or to itself.");
        return;
    }
    if (!value.isObject()) {
        made.obstacle
            = value == QJsonValue(false) ? tr("Its schema allows nothing here.") : tr("Its schema is none.");
        return;
    }
    QJsonObject schema = value.toObject();
    const QJsonArray all = schema.take("allOf"_L1).toArray();
    QJsonValue reference = schema.take("$ref"_L1);
    if (reference.isUndefined())
        reference = schema.take("$dynamicRef"_L1);
    const bool isAlone = m_isDraft7 && reference.isString();
    if (!isAlone)
        made.obstacle = mergeSchema(made.schema, schema);
    if (reference.isString()) {
        const QJsonValue target = referred(reference.toString());
        if (target.isUndefined()) {
            made.obstacle = tr("It refers to %1, which is not in this schema.")
                                .arg(quoted(QStringView(reference.toString().left(100))));
            return;
        }
        add(target, work);
    }
    if (isAlone)
        return;
    for (const QJsonValue &each : all)
        add(each, work);
}

} // namespace dialogue::console
