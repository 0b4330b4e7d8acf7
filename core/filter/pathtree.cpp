#include "core/filter/pathtree.h"

#include "core/json/cursor.h"

#include <algorithm>

namespace dialogue::filter {

std::size_t PathTree::child(std::size_t node, const PathStep &step)
{
    const std::size_t fresh = m_nodes.size();
    if (const auto *index = std::get_if<int>(&step)) {
        std::vector<Item> &items = m_nodes[node].items;
        const auto found = std::ranges::find(items, *index, &Item::index);
        if (found != items.end())
            return found->node;
        items.push_back({*index, fresh});
    } else {
        const QByteArray name = std::get<QString>(step).toUtf8();
        std::vector<Member> &members = m_nodes[node].members;
        const auto found = std::ranges::find(members, name, &Member::name);
        if (found != members.end())
            return found->node;
        members.push_back({name, fresh});
    }
    m_nodes.emplace_back();
    return fresh;
}

int PathTree::add(const Path &path)
{
    if (m_nodes.empty())
        m_nodes.emplace_back();
    std::size_t node = 0;
    for (const PathStep &step : path)
        node = child(node, step);
    if (m_nodes[node].value < 0)
        m_nodes[node].value = m_added++;
    return m_nodes[node].value;
}

std::vector<int> PathTree::finish()
{
    std::vector<int> numbers(std::size_t(m_added), 0);
    int next = 0;
    if (!m_nodes.empty())
        number(0, next, numbers);
    return numbers;
}

/** One after the other from the outside in, so that those inside a node are neighbours. */
void PathTree::number(std::size_t index, int &next, std::vector<int> &numbers)
{
    Node &node = m_nodes[index];
    node.first = next;
    if (node.value >= 0) {
        numbers[std::size_t(node.value)] = next;
        node.value = next++;
    }
    std::ranges::sort(node.members, {}, &Member::name);
    std::ranges::sort(node.items, {}, &Item::index);
    for (const Member &member : node.members)
        number(member.node, next, numbers);
    for (const Item &item : node.items)
        number(item.node, next, numbers);
    node.last = next;
}

class PathTree::Reading
{
public:
    Reading(const std::vector<Node> &nodes, std::span<Value> values, Budget &budget)
        : m_nodes(nodes)
        , m_values(values)
        , m_budget(budget)
    { }

    /** As deep as the longest path, which has an end. */
    void read(json::Cursor &cursor, const Node &node)
    {
        using Type = json::Cursor::Type;
        const Type type = node.members.empty() && node.items.empty() ? Type::Undefined : cursor.type();
        if (type == Type::Object && !node.members.empty()) {
            set(node, {.kind = Value::Kind::Container});
            readMembers(cursor, node);
        } else if (type == Type::Array && !node.items.empty()) {
            set(node, {.kind = Value::Kind::Container});
            readItems(cursor, node);
        } else if (node.value >= 0) {
            set(node, Value::read(cursor));
        } else {
            cursor.skip();
        }
    }

private:
    void set(const Node &node, const Value &value)
    {
        if (node.value >= 0)
            m_values[std::size_t(node.value)] = value;
    }

    void readMembers(json::Cursor &cursor, const Node &node)
    {
        for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
            const Member *member = find(node, cursor.key());
            if (!member) {
                cursor.skip();
                continue;
            }
            // It may have come before.
            const Node &inside = m_nodes[member->node];
            m_budget.take(1 + inside.last - inside.first);
            std::fill(m_values.begin() + inside.first, m_values.begin() + inside.last, Value());
            read(cursor, inside);
        }
    }

    void readItems(json::Cursor &cursor, const Node &node)
    {
        auto wanted = node.items.begin();
        int index = 0;
        for (bool more = cursor.enterArray(); more; more = cursor.nextItem(), ++index) {
            if (wanted != node.items.end() && wanted->index == index) {
                read(cursor, m_nodes[wanted->node]);
                ++wanted;
            } else {
                cursor.skip();
            }
        }
    }

    const Member *find(const Node &node, const json::StringToken &key)
    {
        if (key.escaped)
            return findEscaped(node, key);
        const auto found = std::ranges::lower_bound(node.members, key.text, {}, &Member::name);
        return found != node.members.end() && found->name == key.text ? &*found : nullptr;
    }

    const Member *findEscaped(const Node &node, const json::StringToken &key)
    {
        const Value wanted{.kind = Value::Kind::Text, .isEscaped = true, .bytes = key.text};
        for (const Member &member : node.members) {
            if (std::is_eq(compare(wanted, {.kind = Value::Kind::Text, .bytes = member.name}, m_budget)))
                return &member;
        }
        return nullptr;
    }

    const std::vector<Node> &m_nodes;
    std::span<Value> m_values;
    Budget &m_budget;
};

void PathTree::read(QByteArrayView json, std::span<Value> values, Budget &budget) const
{
    json::Cursor cursor(json, json::MaxWrappedDepth);
    Reading(m_nodes, values, budget).read(cursor, m_nodes.front());
    if (!cursor.atEnd())
        std::ranges::fill(values, Value());
}

} // namespace dialogue::filter
