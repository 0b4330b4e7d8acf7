#pragma once

#include "core/json/cursor.h"
#include "core/schema/document/document_p.h"

#include <QJsonValue>
#include <QList>

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace dialogue::schema {

/**
 * The part of JSON Schema that most events use - types, members, lengths, bounds, lists, enumerations of
 * strings - applied straight to the data. Its yes is a yes of the validator, an order of magnitude sooner;
 * its no is nothing: the validator decides.
 */
class Shortcut
{
public:
    /** Nothing for a schema that uses more than that part. */
    static std::optional<Shortcut> of(const Document &document);

    [[nodiscard]] bool accepts(const QJsonValue &data) const { return accepts(m_root, data); }
    /** The same of a text that has passed json::check(). Says no, too, where a member that the schema knows
     * comes twice: one reader would take the first, another the last. */
    [[nodiscard]] bool acceptsText(QByteArrayView json) const;

private:
    struct Node;
    struct Member;
    using Number = std::numeric_limits<double>;
    using Count = std::numeric_limits<qsizetype>;

    struct Node
    {
        unsigned types = ~0U; ///< A bit for each QJsonValue::Type.
        bool whole = false; ///< Of numbers, whole ones only.
        qsizetype minLength = 0, maxLength = Count::max();
        qsizetype minItems = 0, maxItems = Count::max();
        qsizetype minMembers = 0, maxMembers = Count::max();
        double minimum = -Number::infinity(), maximum = Number::infinity();
        double above = -Number::infinity(), below = Number::infinity();
        QStringList strings; ///< Of an enumeration; empty: any.
        QList<QByteArray> utf8Strings; ///< The same as they stand in a text without escapes.
        std::vector<Member> members; ///< Declared or required.
        bool closed = false; ///< No other members.
        std::shared_ptr<const Node> items; ///< Null: any.
    };
    struct Member
    {
        QString name;
        QByteArray utf8Name;
        bool required = false;
        bool declared = false;
        Node node;
    };

    static std::optional<Node> read(const QJsonValue &schema);
    static bool readMembers(const QJsonObject &schema, Node &node);
    static bool readKeyword(const QString &keyword, const QJsonValue &value, Node &node);
    static void readTypes(const QJsonValue &types, Node &node);

    static bool allows(const Node &node, QJsonValue::Type type);
    static bool accepts(const Node &node, const QJsonValue &data);
    static bool acceptsString(const Node &node, const QJsonValue &data);
    static bool acceptsObject(const Node &node, const QJsonObject &data);
    static bool acceptsArray(const Node &node, const QJsonArray &data);

    // The same, read from text
    static bool accepts(const Node &node, json::Cursor &cursor);
    static bool acceptsNumber(const Node &node, double number);
    static bool acceptsString(const Node &node, json::Cursor &cursor);
    static bool acceptsObject(const Node &node, json::Cursor &cursor);
    static bool acceptsArray(const Node &node, json::Cursor &cursor);

    Node m_root;
};

} // namespace dialogue::schema
