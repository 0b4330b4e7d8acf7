#pragma once

#if __has_include(<sys/uio.h>)

#include <sys/uio.h>

#else

#include <cstddef>

/** As POSIX has it, where the system has not: memory to be sent. */
struct iovec
{
    void *iov_base;
    std::size_t iov_len;
};

#endif
