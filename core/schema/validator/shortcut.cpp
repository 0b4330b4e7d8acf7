#include "core/schema/validator/shortcut_p.h"

#include "core/schema/rules_p.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr unsigned bit(QJsonValue::Type type) { return 1U << static_cast<unsigned>(type); }

constexpr std::array<std::pair<QLatin1StringView, QJsonValue::Type>, 7> typeNames{{
    {"null"_L1, QJsonValue::Null},
    {"boolean"_L1, QJsonValue::Bool},
    {"number"_L1, QJsonValue::Double},
    {"integer"_L1, QJsonValue::Double},
    {"string"_L1, QJsonValue::String},
    {"array"_L1, QJsonValue::Array},
    {"object"_L1, QJsonValue::Object},
}};

} // namespace

std::optional<Shortcut> Shortcut::of(const Document &document)
{
    std::optional<Node> root = read(document.root.value("root"_L1));
    if (!root)
        return std::nullopt;
    Shortcut shortcut;
    shortcut.m_root = *std::move(root);
    return shortcut;
}

std::optional<Shortcut::Node> Shortcut::read(const QJsonValue &schema)
{
    Node node;
    if (schema.isBool() && schema.toBool())
        return node;
    if (!schema.isObject())
        return std::nullopt;
    const QJsonObject keywords = schema.toObject();
    if (!readMembers(keywords, node))
        return std::nullopt;
    for (auto it = keywords.constBegin(); it != keywords.constEnd(); ++it) {
        if (!readKeyword(it.key(), it.value(), node))
            return std::nullopt;
    }
    return node;
}

bool Shortcut::readMembers(const QJsonObject &schema, Node &node)
{
    const QJsonObject declared = schema.value("properties"_L1).toObject();
    for (auto it = declared.constBegin(); it != declared.constEnd(); ++it) {
        std::optional<Node> member = read(it.value());
        if (!member)
            return false;
        node.members.push_back(
            {.name = it.key(), .utf8Name = it.key().toUtf8(), .declared = true, .node = *std::move(member)});
    }
    for (const QJsonValue name : schema.value("required"_L1).toArray()) {
        const auto member = std::ranges::find(node.members, name.toString(), &Member::name);
        if (member != node.members.end())
            member->required = true;
        else {
            node.members.push_back({.name = name.toString(),
                                    .utf8Name = name.toString().toUtf8(),
                                    .required = true,
                                    .node = {}});
        }
    }
    return true;
}

bool Shortcut::readKeyword(const QString &keyword, const QJsonValue &value, Node &node)
{
    if (keyword == "properties"_L1 || keyword == "required"_L1)
        return true; // readMembers() has them.
    if (keyword == "type"_L1 || keyword == "dialogue:type"_L1) {
        readTypes(value, node);
        return true;
    }
    if (keyword == "additionalProperties"_L1) {
        node.closed = value.isBool() && !value.toBool();
        return value.isBool();
    }
    if (keyword == "items"_L1) {
        std::optional<Node> items = read(value);
        if (!items)
            return false;
        node.items = std::make_shared<const Node>(*std::move(items));
        return true;
    }
    if (keyword == "dialogue:enum"_L1) {
        const QJsonArray values = value.toArray();
        for (const QJsonValue each : values) {
            node.strings.append(each.toString());
            node.utf8Strings.append(each.toString().toUtf8());
        }
        node.types &= bit(QJsonValue::String);
        return std::ranges::all_of(values, [](const QJsonValue &each) { return each.isString(); });
    }
    using CountBound = std::pair<QLatin1StringView, qsizetype Node::*>;
    static constexpr std::array<CountBound, 6> counts{{{"dialogue:minLength"_L1, &Node::minLength},
                                                       {"dialogue:maxLength"_L1, &Node::maxLength},
                                                       {"minItems"_L1, &Node::minItems},
                                                       {"maxItems"_L1, &Node::maxItems},
                                                       {"minProperties"_L1, &Node::minMembers},
                                                       {"maxProperties"_L1, &Node::maxMembers}}};
    for (const auto &[name, bound] : counts) {
        if (keyword == name) {
            node.*bound = static_cast<qsizetype>(value.toInteger());
            return true;
        }
    }
    using NumberBound = std::pair<QLatin1StringView, double Node::*>;
    static constexpr std::array<NumberBound, 4> numbers{{{"minimum"_L1, &Node::minimum},
                                                         {"maximum"_L1, &Node::maximum},
                                                         {"exclusiveMinimum"_L1, &Node::above},
                                                         {"exclusiveMaximum"_L1, &Node::below}}};
    for (const auto &[name, bound] : numbers) {
        if (keyword == name) {
            node.*bound = value.toDouble();
            return true;
        }
    }
    return false;
}

void Shortcut::readTypes(const QJsonValue &types, Node &node)
{
    const QJsonArray names = types.isArray() ? types.toArray() : QJsonArray{types};
    unsigned allowed = 0;
    for (const auto &[name, type] : typeNames) {
        if (names.contains(QJsonValue(name)))
            allowed |= bit(type);
    }
    node.types &= allowed;
    node.whole = names.contains(u"integer"_s) && !names.contains(u"number"_s);
}

// Undefined is not JSON, and has no bit.
bool Shortcut::allows(const Node &node, QJsonValue::Type type)
{
    return type != QJsonValue::Undefined && (node.types & bit(type)) != 0;
}

bool Shortcut::accepts(const Node &node, const QJsonValue &data)
{
    const QJsonValue::Type type = data.type();
    if (!allows(node, type))
        return false;
    switch (type) {
    case QJsonValue::Double:
        return acceptsNumber(node, data.toDouble());
    case QJsonValue::String:
        return acceptsString(node, data);
    case QJsonValue::Array:
        return acceptsArray(node, data.toArray());
    case QJsonValue::Object:
        return acceptsObject(node, data.toObject());
    default:
        return true;
    }
}

bool Shortcut::acceptsNumber(const Node &node, double number)
{
    return number >= node.minimum && number <= node.maximum && number > node.above && number < node.below
        && (!node.whole || isWhole(number));
}

bool Shortcut::acceptsString(const Node &node, const QJsonValue &data)
{
    if (node.minLength == 0 && node.maxLength == Count::max() && node.strings.isEmpty())
        return true; // Without making a QString of it.
    const QString text = data.toString();
    // UTF-16 has at most two units a character.
    if (text.size() > node.maxLength || text.size() / 2 < node.minLength) {
        const qsizetype length = codePoints(text);
        if (length < node.minLength || length > node.maxLength)
            return false;
    }
    return node.strings.isEmpty() || node.strings.contains(text);
}

bool Shortcut::acceptsObject(const Node &node, const QJsonObject &data)
{
    if (data.size() < node.minMembers || data.size() > node.maxMembers)
        return false;
    qsizetype declared = 0;
    for (const Member &member : node.members) {
        const auto found = data.constFind(member.name);
        if (found == data.constEnd()) {
            if (member.required)
                return false;
            continue;
        }
        declared += member.declared ? 1 : 0;
        if (!accepts(member.node, found.value()))
            return false;
    }
    return !node.closed || declared == data.size();
}

bool Shortcut::acceptsArray(const Node &node, const QJsonArray &data)
{
    if (data.size() < node.minItems || data.size() > node.maxItems)
        return false;
    return !node.items
        || std::ranges::all_of(data, [&node](const QJsonValue &item) { return accepts(*node.items, item); });
}

} // namespace dialogue::schema
