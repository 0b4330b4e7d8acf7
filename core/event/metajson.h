#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/schema/schema.h"

#include <QByteArray>
#include <QJsonValue>
#include <QMetaType>
#include <QVariant>

#include <optional>

/** JSON for what Qt's meta types describe at run time; payload.h is the way in. */
namespace dialogue::metajson {

/** What is in a std::optional, for code that does not know its type. */
struct OptionalView
{
    QMetaType type; ///< Of the value, also while there is none.
    QVariant value; ///< Invalid while there is none.
};

/** The schema of \a type; one that refuses everything, and says why, when a member's type cannot be JSON. */
DIALOGUE_CORE_EXPORT Schema schemaOf(QMetaType type);

DIALOGUE_CORE_EXPORT QJsonValue toJson(QMetaType type, const void *value);

/** Reads \a json into the object of \a type at \a value. */
DIALOGUE_CORE_EXPORT Result<void> fromJson(QMetaType type, void *value, const QJsonValue &json);

} // namespace dialogue::metajson

// Makes a std::optional a property whose content can be reached: moc's code refers to the meta type of a
// property's type, and this is what Qt then calls. Hence a header that declares a gadget with optional
// members includes this one (through core/event/typedevent.h).
template <class T>
struct QMetaTypeId<std::optional<T>>
{
    enum { Defined = QMetaTypeId2<T>::Defined };

    static int qt_metatype_id()
    {
        using dialogue::metajson::OptionalView;
        using Optional = std::optional<T>;
        static const int id = [] {
            const int registered = qRegisterNormalizedMetaTypeImplementation<Optional>(
                QByteArray(QMetaType::fromType<Optional>().name()));
            QMetaType::registerConverter<Optional, OptionalView>([](const Optional &optional) {
                return OptionalView{QMetaType::fromType<T>(),
                                    optional ? QVariant::fromValue(*optional) : QVariant()};
            });
            QMetaType::registerConverter<T, Optional>([](const T &value) { return Optional(value); });
            return registered;
        }();
        return id;
    }
};
