#pragma once

#include "core/base/nearest.h"
#include "server/config/fields.h"
#include "server/config/issues.h"
#include "server/config/values.h"

#include <QHash>
#include <QMap>

namespace dialogue::config {

/** Reads a map of the file into an owner, by the table of its fields; an unknown key is an error. */
template <class Owner>
class MapReader
{
public:
    /** What reads a member that is not in the table. */
    using Special = std::function<void(const Member &, const QString &path)>;

    MapReader(const Fields<Owner> &fields, Issues &issues)
        : m_fields(fields)
        , m_issues(issues)
    { }

    void special(const QString &key, const Special &read) { m_specials.insert(key, read); }

    /** What true or false in place of a map means. */
    using Shorthand = std::function<void(bool, Owner &)>;
    void shorthand(const QString &key, const Shorthand &apply) { m_shorthands.insert(key, apply); }

    void read(const Node &node, const QString &path, Owner &owner) { readMap(node, path, {}, owner); }

private:
    void readMap(const Node &node, const QString &path, const QString &prefix, Owner &owner)
    {
        if (node.kind == Node::Kind::Null)
            return;
        if (node.kind != Node::Kind::Map) {
            m_issues.error(
                node.position, path,
                QStringLiteral("must be a map of %1, not %2%3")
                    .arg(keysBelow(prefix).join(QStringLiteral(", ")), describe(node),
                         lacksSpace(node) ? QStringLiteral("; a space must follow the \":\"") : QString()));
            return;
        }
        for (const Member &member : node.members)
            readMember(member, path.isEmpty() ? member.key : path + u'.' + member.key, prefix, owner);
    }

    /** "port:3000" */
    static bool lacksSpace(const Node &node)
    {
        return node.kind == Node::Kind::Scalar && !node.quoted && node.scalar.contains(u':');
    }

    void readMember(const Member &member, const QString &path, const QString &prefix, Owner &owner)
    {
        const QString key = prefix + member.key;
        for (const Field<Owner> &field : m_fields) {
            if (field.key == key)
                return readField(field, member.value, path, owner);
            if (field.key.startsWith(key + u'.')) {
                if (!readShorthand(key, member.value, owner))
                    readMap(member.value, path, key + u'.', owner);
                return;
            }
        }
        if (const auto special = m_specials.constFind(key); special != m_specials.constEnd())
            return (*special)(member, path);

        const QStringList known = keysBelow(prefix);
        const QString meant = nearest(member.key, known);
        const QString hint = meant.isEmpty()
            ? QStringLiteral("known here: ") + known.join(QStringLiteral(", "))
            : QStringLiteral("did you mean '%1'?").arg(meant);
        m_issues.error(member.position,
                       path.chopped(member.key.size() + (path.size() > member.key.size() ? 1 : 0)),
                       QStringLiteral("unknown key '%1'; %2").arg(visible(member.key.left(80)), hint));
    }

    bool readShorthand(const QString &key, const Node &node, Owner &owner)
    {
        const auto found = m_shorthands.constFind(key);
        const auto value = readValue(FieldInfo{.key = key, .type = FieldType::Flag, .doc = {}}, node);
        const auto *flag = std::get_if<FieldValue>(&value);
        if (found == m_shorthands.constEnd() || !flag)
            return false;
        (*found)(*std::get_if<bool>(flag), owner);
        return true;
    }

    void readField(const Field<Owner> &field, const Node &node, const QString &path, Owner &owner)
    {
        const auto value = readValue(field, node);
        if (const auto *wrong = std::get_if<WrongValue>(&value))
            m_issues.error(wrong->position, path, wrong->message);
        else
            field.set(owner, std::get<FieldValue>(value));
    }

    QStringList keysBelow(const QString &prefix) const
    {
        QStringList keys;
        const auto add = [&](const QString &key) {
            const QString word = key.mid(prefix.size()).section(u'.', 0, 0);
            if (key.startsWith(prefix) && !keys.contains(word))
                keys.append(word);
        };
        for (const Field<Owner> &field : m_fields)
            add(field.key);
        for (auto it = m_specials.constBegin(); it != m_specials.constEnd(); ++it)
            add(it.key());
        return keys;
    }

    const Fields<Owner> m_fields;
    QMap<QString, Special> m_specials; // In an order, for who is told which there are.
    QHash<QString, Shorthand> m_shorthands;
    Issues &m_issues;
};

} // namespace dialogue::config
