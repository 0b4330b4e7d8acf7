#pragma once

#include "core/filter/budget.h"
#include "core/filter/value.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <span>
#include <variant>
#include <vector>

namespace dialogue::filter {

/** From a value to one inside it: the member of an object, or the item of an array. */
using PathStep = std::variant<QString, int>;
using Path = QList<PathStep>;

/**
 * All the paths that a filter reads of one JSON text, so that a single pass finds the values of all. A text
 * in which something is wrong, be it behind all that is looked for, has no values; of a member that comes
 * twice the last one counts.
 */
class PathTree
{
public:
    /** The number of the value at \a path, the same for the same path; numbers change until finish(). */
    int add(const Path &path);
    /** Once, behind the last add(): the final number of each one that add() gave. */
    [[nodiscard]] std::vector<int> finish();

    [[nodiscard]] bool isEmpty() const { return m_nodes.empty(); }

    /** Values for each number; \a values must all be missing. */
    void read(QByteArrayView json, std::span<Value> values, Budget &budget) const;

private:
    struct Member
    {
        QByteArray name;
        std::size_t node;
    };
    struct Item
    {
        int index;
        std::size_t node;
    };
    struct Node
    {
        int value = -1; // Its number; -1: only what is inside is asked for.
        std::vector<Member> members = {}; // By name, once finished.
        std::vector<Item> items = {}; // By index.
        // The numbers of all that is in it, itself too.
        int first = 0;
        int last = 0;
    };
    class Reading;

    std::size_t child(std::size_t node, const PathStep &step);
    void number(std::size_t node, int &next, std::vector<int> &numbers);

    std::vector<Node> m_nodes; // The first is the root.
    int m_added = 0;
};

} // namespace dialogue::filter
