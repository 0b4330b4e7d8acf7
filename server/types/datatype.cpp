#include "server/types/datatype.h"

#include <algorithm>

namespace dialogue::types {

namespace {

/** \a parts, and the parts of those that are of \a kind themselves and say nothing else. */
QList<DataTypePtr> flat(const QList<DataTypePtr> &parts, DataType::Kind kind)
{
    QList<DataTypePtr> result;
    for (const DataTypePtr &part : parts) {
        if (part->kind == kind && part->about.isEmpty() && part->unsaid.isEmpty())
            result += part->parts;
        else
            result.append(part);
    }
    return result;
}

bool hasKind(const QList<DataTypePtr> &parts, DataType::Kind kind)
{
    return std::ranges::any_of(parts, [kind](const DataTypePtr &part) { return part->kind == kind; });
}

QList<DataTypePtr> without(QList<DataTypePtr> parts, DataType::Kind kind)
{
    parts.removeIf([kind](const DataTypePtr &part) { return part->kind == kind; });
    return parts;
}

DataTypePtr combined(const QList<DataTypePtr> &parts, DataType::Kind kind, DataType::Kind ofNone)
{
    if (parts.isEmpty())
        return typeOfKind(ofNone);
    if (parts.size() == 1)
        return parts.constFirst();
    return std::make_shared<DataType>(DataType{.kind = kind, .parts = parts});
}

} // namespace

DataTypePtr typeOfKind(DataType::Kind kind) { return std::make_shared<DataType>(DataType{.kind = kind}); }

DataTypePtr oneOfTypes(const QList<DataTypePtr> &parts)
{
    using enum DataType::Kind;
    if (hasKind(parts, Unknown))
        return typeOfKind(Unknown);
    return combined(without(flat(parts, Union), Never), Union, Never);
}

DataTypePtr allOfTypes(const QList<DataTypePtr> &parts)
{
    using enum DataType::Kind;
    if (hasKind(parts, Never))
        return typeOfKind(Never);
    return combined(without(flat(parts, Intersection), Unknown), Intersection, Unknown);
}

} // namespace dialogue::types
