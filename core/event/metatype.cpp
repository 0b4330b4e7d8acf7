#include "core/event/metatype_p.h"

#include <QSequentialIterable>

using namespace Qt::StringLiterals;

namespace dialogue::metajson {

namespace {

bool converts(QMetaType from, QMetaType to) { return QMetaType::canConvert(from, to); }

bool isMember(const QMetaProperty &property) { return property.isReadable() && property.isWritable(); }

bool hasMembers(QMetaType gadget)
{
    const QMetaObject *meta = gadget.metaObject();
    for (int i = 0; i < meta->propertyCount(); ++i) {
        if (isMember(meta->property(i)))
            return true;
    }
    return false;
}

Kind kindOfClass(QMetaType type)
{
    if (type.flags() & QMetaType::IsEnumeration)
        return enumOf(type).isValid() ? Kind::Enum : Kind::Unknown;
    if ((type.flags() & QMetaType::IsGadget) && hasMembers(type))
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
        if (isMember(property))
            members.append(property);
    }
    return members;
}

QString whyUnknown(QMetaType type)
{
    const QString name = QString::fromLatin1(type.name());
    if (type.flags() & QMetaType::IsGadget) {
        return u"%1 has no property that can be written, and would say nothing; declare its members: "
               "Q_PROPERTY(QString text MEMBER text)"_s.arg(name);
    }
    if (type.flags() & QMetaType::IsEnumeration)
        return u"the values of the enum %1 have no names; make them known with Q_ENUM"_s.arg(name);
    return u"the type %1 cannot be written as JSON; give it a JsonCodec and registerJsonCodec(), or, for a "
           "std::optional, include core/event/typedevent.h where it is declared"_s.arg(name);
}

} // namespace dialogue::metajson
