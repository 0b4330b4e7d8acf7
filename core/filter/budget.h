#pragma once

#include <QtGlobal>

namespace dialogue::filter {

/** The steps that one evaluation may still take: comparing a character, looking for a member, and the like.
 */
class Budget
{
public:
    explicit Budget(qint64 steps)
        : m_left(steps)
    { }

    /** No: so many are not left, and from now on none are. */
    bool take(qint64 steps = 1)
    {
        m_left = steps > m_left ? -1 : m_left - steps;
        return m_left >= 0;
    }
    [[nodiscard]] bool isSpent() const { return m_left < 0; }

private:
    qint64 m_left;
};

} // namespace dialogue::filter
