#pragma once

#include "server/config/issues.h"
#include "server/config/node.h"

#include <QHash>

#include <vector>

namespace dialogue::config {

/** What a file may not have. Thrown through the parsers, caught where they are called. */
struct Refusal
{
    FilePosition position;
    QString message;
};

/** Puts the values of a file together as they come; throws a Refusal where there are too many of them. */
class NodeBuilder
{
public:
    explicit NodeBuilder(Issues &issues)
        : m_issues(issues)
    { }

    void open(Node node); ///< A list or a map, whose values come next.
    void close();
    void add(Node node); ///< In a map keys and values take turns.

    [[nodiscard]] bool isOpen() const { return !m_levels.empty(); }
    [[nodiscard]] const Node &innermost() const { return m_levels.back().node; } ///< Of those open.
    Node take() { return std::move(m_root); }

private:
    struct Level
    {
        Node node;
        bool haveKey = false;
        QString key = {};
        FilePosition keyPosition = {};
        QHash<QString, int> lines = {}; // of the keys so far
    };
    void addKey(Level &level, const Node &node);
    void addValue(Level &level, Node node);

    Issues &m_issues;
    std::vector<Level> m_levels;
    Node m_root;
    int m_count = 0;
};

} // namespace dialogue::config
