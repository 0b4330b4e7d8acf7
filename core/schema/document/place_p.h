#pragma once

#include "core/base/error.h"
#include "core/schema/reference_p.h"

namespace dialogue::schema {

/** Where a part of a schema document stands. */
struct Place
{
    QString path; ///< For people: "properties.name.enum[2]"; empty is the document itself.
    QString pointer; ///< For references: "/properties/name/enum/2".

    [[nodiscard]] Place member(const QString &key) const
    {
        return {path.isEmpty() ? key : path + u'.' + key, pointerTo(pointer, key)};
    }
    [[nodiscard]] Place item(qsizetype index) const
    {
        return {path + QStringLiteral("[%1]").arg(index), pointerTo(pointer, QString::number(index))};
    }

    [[nodiscard]] Error error(const QString &message) const
    {
        return {.code = ErrorCode::ConfigError, .message = message, .path = path};
    }
};

} // namespace dialogue::schema
