#include "server/net/memoryreturn.h"

#include <cstdlib> // defines __GLIBC__

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace dialogue {

namespace {

constexpr std::chrono::milliseconds QuietFor{500};

} // namespace

void MemoryReturn::freed(qint64 bytes)
{
    m_freed += bytes;
    if (m_freed < WorthIt || m_deadline.isScheduled())
        return;
    m_freedBefore = m_freed;
    m_deadline.schedule(m_deadlines, QuietFor);
}

void MemoryReturn::whenQuiet()
{
    if (m_freed - m_freedBefore >= WorthIt) { // They are still going.
        m_freedBefore = m_freed;
        m_deadline.schedule(m_deadlines, QuietFor);
        return;
    }
    m_freed = 0;
    m_giveBack();
}

void MemoryReturn::trimHeap()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace dialogue
