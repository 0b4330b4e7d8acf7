#include "server/config/nodebuilder.h"

#include "server/config/document.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::config {

void NodeBuilder::open(Node node)
{
    if (m_levels.size() >= MaxDepth)
        throw Refusal{node.position, u"is nested too deeply; at most %1 levels"_s.arg(MaxDepth)};
    m_levels.push_back({.node = std::move(node)});
}

void NodeBuilder::close()
{
    Node node = std::move(m_levels.back().node);
    m_levels.pop_back();
    add(std::move(node));
}

void NodeBuilder::add(Node node)
{
    if (++m_count > MaxNodes)
        throw Refusal{node.position, u"the file has more than %1 values"_s.arg(MaxNodes)};
    if (m_levels.empty()) {
        m_root = std::move(node);
        return;
    }
    Level &level = m_levels.back();
    if (level.node.kind == Node::Kind::List)
        level.node.items.push_back(std::move(node));
    else if (!level.haveKey)
        addKey(level, node);
    else
        addValue(level, std::move(node));
}

void NodeBuilder::addKey(Level &level, const Node &node)
{
    if (node.kind != Node::Kind::Scalar)
        throw Refusal{node.position, u"a key must be a word, not %1"_s.arg(describe(node))};
    level.haveKey = true;
    level.key = node.scalar;
    level.keyPosition = node.position;
}

void NodeBuilder::addValue(Level &level, Node node)
{
    level.haveKey = false;
    if (const auto first = level.lines.constFind(level.key); first != level.lines.constEnd()) {
        m_issues.error(
            level.keyPosition, {},
            u"key '%1' stands here a second time; the first is in line %2"_s.arg(visible(level.key))
                .arg(*first));
        return;
    }
    level.lines.insert(level.key, level.keyPosition.line);
    // An empty value has no place of its own that helps.
    if (node.kind == Node::Kind::Null)
        node.position = level.keyPosition;
    level.node.members.push_back({level.key, level.keyPosition, std::move(node)});
}

} // namespace dialogue::config
