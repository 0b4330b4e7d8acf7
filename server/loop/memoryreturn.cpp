#include "server/loop/memoryreturn.h"

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
    if (m_freed >= WorthItLater && !m_rest.isScheduled())
        m_rest.schedule(m_deadlines, m_later);
    if (m_freed < WorthIt || m_quiet.isScheduled())
        return;
    m_freedBefore = m_freed;
    m_quiet.schedule(m_deadlines, QuietFor);
}

void MemoryReturn::whenQuiet()
{
    if (m_freed - m_freedBefore >= WorthIt) { // They are still going.
        m_freedBefore = m_freed;
        m_quiet.schedule(m_deadlines, QuietFor);
        return;
    }
    giveBack();
}

void MemoryReturn::giveBack()
{
    m_quiet.cancel();
    m_rest.cancel();
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
