#pragma once

#include "console/form/field.h"
#include "console/form/schemareader.h"

#include <QCoreApplication>

namespace dialogue::console {

/**
 * The fields of a form for data of a JSON Schema, level by level as they are opened. A hostile schema costs
 * no more than what is opened of it: what is too deep, too wide or not for a form becomes a field that is
 * written as JSON, and says why.
 */
class FormSchema
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::FormSchema)
public:
    static constexpr int MaxDepth = 32; ///< Of fields in one another.
    static constexpr int MaxChoices = 500;
    static constexpr int MaxBranches = 50;
    static constexpr int MaxMembers = 200;

    explicit FormSchema(const QJsonObject &document);

    [[nodiscard]] const Field &root() const { return m_root; }

    /** Of an Object, those that are declared: the required ones first, in the order in which the schema
     * requires them, then the others by name; of them the first \a most. */
    [[nodiscard]] QList<Field> members(const Field &object, qsizetype most = MaxMembers) const;
    /** How many it would be without a limit. */
    [[nodiscard]] static qsizetype memberCount(const Field &object);
    /** One that members() does not give. */
    [[nodiscard]] Field otherMember(const Field &object, const QString &name) const;
    /** Members may be made up, and a schema is there for it or none are declared. */
    [[nodiscard]] static bool invitesOthers(const Field &object);

    [[nodiscard]] Field item(const Field &array, qsizetype index) const;

    [[nodiscard]] QList<Field> branches(const Field &field) const;
    /** The branch that \a value seems to be of; -1: of none. */
    [[nodiscard]] int branchOf(const Field &field, const QJsonValue &value) const;

    /** What a field begins with when it is set: its `default`, its only value, or the least that fits the
     * schema as far as a form can tell; bounded, too. */
    [[nodiscard]] QJsonValue initialValue(const Field &field) const;

private:
    [[nodiscard]] Field fieldOf(const QJsonValue &schema, int depth) const;
    void classify(Field &field) const;
    [[nodiscard]] bool isOfChoices(Field &field) const;
    [[nodiscard]] int scoreOf(const Field &branch, const QJsonValue &value) const;
    [[nodiscard]] QJsonValue initialValue(const Field &field, int &left) const;

    SchemaReader m_reader;
    Field m_root;
};

} // namespace dialogue::console
