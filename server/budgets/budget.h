#pragma once

#include "server/budgets/budgetkey.h"
#include "server/budgets/slidingwindow.h"

#include <vector>

namespace dialogue {

/** What one user, or one address, has taken of each kind; small while that is little. See Budgets. */
class Budget
{
public:
    /** Kinds and rooms by number, see Budgets; the window is made when it is first asked for. */
    SlidingWindow &window(quint32 number);

    /** Drops windows that have run out; true when there is none left. \a limitOf(number) is a RateLimit. */
    template <class LimitOf>
    bool tidy(LimitOf &&limitOf, SlidingWindow::Clock::time_point now)
    {
        std::erase_if(m_windows,
                      [&](const Numbered &each) { return each.window.hasRunOut(limitOf(each.number), now); });
        if (m_windows.empty())
            m_windows.shrink_to_fit();
        return m_windows.empty();
    }
    [[nodiscard]] bool isEmpty() const { return m_windows.empty(); }

private:
    struct Numbered
    {
        quint32 number;
        SlidingWindow window;
    };
    std::vector<Numbered> m_windows; // Of few kinds: sooner searched than hashed.
};

inline SlidingWindow &Budget::window(quint32 number)
{
    for (Numbered &each : m_windows) {
        if (each.number == number)
            return each.window;
    }
    return m_windows.emplace_back(Numbered{number, {}}).window;
}

} // namespace dialogue
