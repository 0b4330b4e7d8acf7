#pragma once

#include "server/types/datatype.h"

namespace dialogue::types {

/** Writes types as TypeScript has them. */
class TypeScriptType
{
public:
    /** \a names: of the definitions. */
    explicit TypeScriptType(const QStringList &names)
        : m_names(names)
    { }

    /** \a indent: of the line it begins in. */
    [[nodiscard]] QString text(const DataType &type, const QString &indent = {}) const;
    /** `{ ... }` of an object, without a comment on it. */
    [[nodiscard]] QString body(const DataType &object, const QString &indent) const;
    /** What there is to say of \a type besides. */
    [[nodiscard]] static QStringList remarks(const DataType &type);

private:
    [[nodiscard]] QString inParentheses(const DataType &type, const QString &indent) const;
    [[nodiscard]] QString joined(const DataType &type, const QString &between, const QString &indent) const;
    [[nodiscard]] QString tuple(const DataType &type, const QString &indent) const;
    [[nodiscard]] QString literal(const QJsonValue &value) const;
    [[nodiscard]] QString others(const DataType &object, const QString &indent) const;

    const QStringList &m_names;
};

} // namespace dialogue::types
