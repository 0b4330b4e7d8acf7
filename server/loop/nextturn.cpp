#include "server/loop/nextturn.h"

#include <utility>

namespace dialogue {

Resumable::~Resumable()
{
    if (m_list)
        (*m_list)[m_index] = nullptr;
}

NextTurn::~NextTurn()
{
    for (const auto *list : {&m_waiting, &m_current}) {
        for (Resumable *resumable : *list) {
            if (resumable)
                resumable->m_list = nullptr;
        }
    }
}

void NextTurn::schedule(Resumable *resumable)
{
    if (resumable->m_list)
        return;
    resumable->m_list = &m_waiting;
    resumable->m_index = m_waiting.size();
    m_waiting.push_back(resumable);
    if (!m_deadline.isScheduled())
        m_deadline.schedule(m_deadlines, std::chrono::milliseconds(0));
}

void NextTurn::begin()
{
    if (!m_current.empty()) {
        // An event loop in one of them; the outer call sees to the rest, and those that came since to a turn.
        m_deadline.schedule(m_deadlines, std::chrono::milliseconds(0));
        return;
    }
    m_current.swap(m_waiting);
    for (Resumable *resumable : m_current) {
        if (resumable)
            resumable->m_list = &m_current;
    }
    // By index: what goes on may destroy others, which leave a hole.
    // NOLINTNEXTLINE(modernize-loop-convert)
    for (std::size_t i = 0; i < m_current.size(); ++i) {
        if (Resumable *resumable = std::exchange(m_current[i], nullptr)) {
            resumable->m_list = nullptr;
            resumable->goOn();
        }
    }
    m_current.clear();
}

} // namespace dialogue
