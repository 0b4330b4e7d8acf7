#pragma once

#include <QtGlobal>

#include <malloc.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/allocator_interface.h>
#endif

namespace dialogue {

/** Bytes allocated in this process, what the allocator takes besides included; under a sanitizer what was
 * asked for. */
inline qint64 heapBytes()
{
#ifdef __SANITIZE_ADDRESS__
    return static_cast<qint64>(__sanitizer_get_current_allocated_bytes());
#else
    return static_cast<qint64>(mallinfo2().uordblks);
#endif
}

} // namespace dialogue
