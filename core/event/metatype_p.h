#pragma once

#include "core/event/metajson.h"

#include <QMetaEnum>
#include <QMetaProperty>

namespace dialogue::metajson {

/** How a type is written as JSON. */
enum class Kind {
    Bool,
    Integer, ///< Of a type of up to 32 bits.
    BigInteger,
    Number,
    String,
    DateTime,
    Json, ///< QJsonValue, QVariant: anything.
    Object, ///< QJsonObject, QVariantMap.
    Array, ///< QJsonArray, QVariantList.
    Enum,
    Gadget,
    Optional,
    List,
    Custom, ///< Has a JsonCodec that was registered.
    Text, ///< Qt converts it to QString and back: QUrl, QUuid, QDate.
    Unknown, ///< whyUnknown() says why.
};

Kind kindOf(QMetaType type);

/** The enumeration \a type is; invalid when it is not known to moc. */
QMetaEnum enumOf(QMetaType type);

/** A view into the optional at \a value. */
OptionalView viewOptional(QMetaType type, const void *value);

/** Why a type is Unknown, and what to do. */
QString whyUnknown(QMetaType type);

QMetaType elementType(QMetaType list);

/** The properties of a gadget that are members in JSON. */
QList<QMetaProperty> membersOf(QMetaType gadget);

} // namespace dialogue::metajson
