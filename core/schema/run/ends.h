#pragma once

#include <cstdint>
#include <vector>

namespace dialogue::schema {

/** Where arrays and objects of one checked text end, so that who skips them again does not read them. */
class Ends
{
public:
    /** Behind the array or object at \a at; null: it was not read. */
    [[nodiscard]] const char *find(const char *at) const
    {
        return m_containers.empty() ? nullptr : m_containers[slotOf(at)].behind;
    }
    /** Reads the one at \a at, and all that are in it. */
    void read(const char *at, const char *end);

private:
    struct Container
    {
        const char *begin = nullptr;
        const char *behind = nullptr;
    };
    /** Where it stands, or would. */
    [[nodiscard]] std::size_t slotOf(const char *begin) const
    {
        const auto mixed = reinterpret_cast<std::uintptr_t>(begin) * std::uint64_t(0x9e3779b97f4a7c15);
        std::size_t slot = (mixed >> 32U) & (m_containers.size() - 1);
        while (m_containers[slot].begin && m_containers[slot].begin != begin)
            slot = (slot + 1) & (m_containers.size() - 1);
        return slot;
    }
    void add(const Container &container);

    std::vector<Container> m_containers; ///< By the hash of where they begin.
    std::size_t m_used = 0;
    std::vector<const char *> m_open;
};

} // namespace dialogue::schema
