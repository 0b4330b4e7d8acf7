#pragma once

#include "server/types/datatype.h"
#include "server/types/names.h"

#include <QHash>

#include <optional>

namespace dialogue::types {

/** A type of C++ that Dialogue reads and writes as JSON. */
struct QtType
{
    QString text; ///< "QList<qint64>"
    QStringList remarks = {}; ///< What it says less than the schema.
};

struct QtMember
{
    QString property; ///< As in JSON.
    QString name; ///< Of the member: no keyword.
    QtType type;
    QString about = {};
    bool isOptional = false;
};

struct QtEnum
{
    QString name;
    QStringList keys;
};

/** A gadget. */
struct QtStruct
{
    QString name;
    QStringList remarks = {};
    QList<QtEnum> enums = {};
    QList<QtMember> members = {};
    bool holdsItself = false;
};

/** The types of a model in C++: structs, each behind those that it needs. */
class QtTypes
{
public:
    /** \a names: of the namespace the structs stand in. */
    QtTypes(const QList<Definition> &definitions, Names &names);

    /** What the definition of that number is. */
    QtType ofDefinition(qsizetype number);
    [[nodiscard]] const QList<QtStruct> &structs() const { return m_structs; }

private:
    struct Host;

    QtType of(const DataType &type, const QString &name, Host *host);
    QtType ofArray(const DataType &type, const QString &name, Host *host);
    QtType ofUnion(const DataType &type, const QString &name, Host *host);
    QtType ofNamed(qsizetype number, const QString &name, Host *host);
    QtType ofLiterals(const QList<DataTypePtr> &literals, const QString &name, Host *host);
    QtType makeStruct(const DataType &object, const QString &name, qsizetype definition);
    [[nodiscard]] QtType wider(const QString &text, const DataType &type) const;
    /** \a type as one object, where it is nothing else. */
    [[nodiscard]] std::optional<DataType> asObject(const DataType &type, int depth = 0) const;

    const QList<Definition> &m_definitions;
    Names &m_names;
    QStringList m_shownNames; ///< Of the definitions, for remarks.
    QHash<qsizetype, QtType> m_made; ///< Structs by the definition that they are.
    QList<qsizetype> m_open; ///< Definitions that are being read.
    QList<QtStruct> m_structs;
};

} // namespace dialogue::types
