#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dialogue::schema {

struct Node;

/** What a schema said of a place in the data. */
struct Remembered
{
    const Node *node = nullptr;
    const char *at = nullptr;
    const char *behind = nullptr; ///< The value; null: it does not fit.
    const char *reached = nullptr; ///< How far it was looked at, where it does not fit.
};

/** Results by schema and place; one step of the validation adds one at most. */
class Memo
{
public:
    /** The entry, or the empty one where it belongs; until the next call. */
    Remembered &at(const Node *node, const char *at)
    {
        if (m_used * 2 >= m_entries.size())
            grow();
        return slot(node, at);
    }
    void insert(const Remembered &entry)
    {
        Remembered &to = at(entry.node, entry.at);
        m_used += to.node ? 0 : 1;
        to = entry;
    }

private:
    Remembered &slot(const Node *node, const char *at)
    {
        const auto mixed = (reinterpret_cast<std::uintptr_t>(node) >> 4U) * 0x9E3779B97F4A7C15U
            + reinterpret_cast<std::uintptr_t>(at) * 0xC2B2AE3D27D4EB4FU;
        std::size_t i = (mixed >> 20U) & (m_entries.size() - 1);
        while (m_entries[i].node && (m_entries[i].node != node || m_entries[i].at != at))
            i = (i + 1) & (m_entries.size() - 1);
        return m_entries[i];
    }
    void grow()
    {
        const std::vector<Remembered> before = std::move(m_entries);
        m_entries.assign(before.empty() ? 64 : before.size() * 2, {});
        for (const Remembered &entry : before) {
            if (entry.node)
                slot(entry.node, entry.at) = entry;
        }
    }

    std::vector<Remembered> m_entries;
    std::size_t m_used = 0;
};

} // namespace dialogue::schema
