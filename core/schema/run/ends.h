#pragma once

#include <algorithm>
#include <vector>

namespace dialogue::schema {

/** Where the arrays and objects of a stretch of checked JSON end, so that who skips them again does not read
 * them. */
class Ends
{
public:
    [[nodiscard]] bool covers(const char *at) const { return at >= m_begin && at < m_end; }

    /** Reads the array or object at \a begin, and forgets what was read before. */
    void read(const char *begin, const char *end);

    /** Of an array or object in it. */
    [[nodiscard]] const char *behind(const char *at) const
    {
        return std::ranges::lower_bound(m_list, at, {}, &Container::begin)->behind;
    }

private:
    struct Container
    {
        const char *begin;
        const char *behind;
    };
    std::vector<Container> m_list; ///< In their order.
    std::vector<std::size_t> m_open;
    const char *m_begin = nullptr;
    const char *m_end = nullptr;
};

} // namespace dialogue::schema
