#include "core/event/metatype_p.h"

#include <QSequentialIterable>

namespace dialogue::metajson {

namespace {

bool converts(QMetaType from, QMetaType to) { return QMetaType::canConvert(from, to); }

Kind kindOfClass(QMetaType type)
{
    if (type.flags() & QMetaType::IsEnumeration)
        return enumOf(type).isValid() ? Kind::Enum : Kind::Unknown;
    if (type.flags() & QMetaType::IsGadget)
        return Kind::Gadget;
    if (converts(type, QMetaType::fromType<OptionalView>()))
        return Kind::Optional;
    if (converts(type, QMetaType::fromType<Schema>()))
        return Kind::Custom;
    if (QMetaType::canView(type, QMetaType::fromType<QSequentialIterable>()))
        return Kind::List;
    const QMetaType string = QMetaType::fromType<QString>();
    return converts(type, string) && converts(string, type) ? Kind::Text : Kind::Unknown;
}

} // namespace

Kind kindOf(QMetaType type)
{
    switch (type.id()) { // id() also registers the type, and so what can be done with lists and optionals
    case QMetaType::Bool:
        return Kind::Bool;
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
        return Kind::Integer;
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return Kind::BigInteger;
    case QMetaType::Float:
    case QMetaType::Double:
        return Kind::Number;
    case QMetaType::QString:
        return Kind::String;
    case QMetaType::QDateTime:
        return Kind::DateTime;
    case QMetaType::QJsonValue:
    case QMetaType::QVariant:
        return Kind::Json;
    case QMetaType::QJsonObject:
    case QMetaType::QVariantMap:
        return Kind::Object;
    case QMetaType::QJsonArray:
    case QMetaType::QVariantList:
        return Kind::Array;
    case QMetaType::QByteArray: // text or bytes? Whoever means bytes sends an attachment.
    case QMetaType::UnknownType:
        return Kind::Unknown;
    default:
        return kindOfClass(type);
    }
}

QMetaEnum enumOf(QMetaType type)
{
    const QMetaObject *scope = type.metaObject();
    if (!scope)
        return {};
    const QByteArrayView name(type.name());
    const qsizetype colon = name.lastIndexOf(':');
    return scope->enumerator(scope->indexOfEnumerator(name.sliced(colon + 1).data()));
}

OptionalView viewOptional(QMetaType type, const void *value)
{
    OptionalView view;
    QMetaType::convert(type, value, QMetaType::fromType<OptionalView>(), &view);
    return view;
}

QMetaType elementType(QMetaType list)
{
    QVariant empty(list);
    return empty.view<QSequentialIterable>().metaContainer().valueMetaType();
}

QList<QMetaProperty> membersOf(QMetaType gadget)
{
    QList<QMetaProperty> members;
    const QMetaObject *meta = gadget.metaObject();
    for (int i = 0; i < meta->propertyCount(); ++i) {
        const QMetaProperty property = meta->property(i);
        if (property.isReadable() && property.isWritable())
            members.append(property);
    }
    return members;
}

} // namespace dialogue::metajson
