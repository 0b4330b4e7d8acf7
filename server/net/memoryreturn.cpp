#include "server/net/memoryreturn.h"

#include <cstdlib> // defines __GLIBC__

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace dialogue {

namespace {

constexpr int worthIt = 500; // connections, some 10 MB; looking through the heap takes milliseconds
constexpr std::chrono::milliseconds quietFor{500};

} // namespace

void MemoryReturn::connectionGone()
{
    if (++m_gone < worthIt || m_deadline.isScheduled())
        return;
    m_goneBefore = m_gone;
    m_deadline.schedule(m_deadlines, quietFor);
}

void MemoryReturn::giveBack()
{
    if (m_gone - m_goneBefore >= worthIt) { // they are still going
        m_goneBefore = m_gone;
        m_deadline.schedule(m_deadlines, quietFor);
        return;
    }
    m_gone = 0;
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace dialogue
