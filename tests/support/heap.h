#pragma once

#include <QtGlobal>

#include <malloc.h>

#ifdef __has_feature // clang's way to say it
#if __has_feature(address_sanitizer)
#define DIALOGUE_ADDRESS_SANITIZER
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define DIALOGUE_ADDRESS_SANITIZER
#endif

#ifdef DIALOGUE_ADDRESS_SANITIZER
#include <sanitizer/allocator_interface.h>
#endif

namespace dialogue {

/** Bytes allocated in this process, what the allocator takes besides included; under a sanitizer what was
 * asked for. */
inline qint64 heapBytes()
{
#ifdef DIALOGUE_ADDRESS_SANITIZER
    return static_cast<qint64>(__sanitizer_get_current_allocated_bytes());
#else
    return static_cast<qint64>(mallinfo2().uordblks);
#endif
}

} // namespace dialogue
