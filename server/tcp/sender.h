#pragma once

#include "server/tcp/iovector.h"

#include <QtGlobal>

#include <span>

namespace dialogue {

/** One connection's share of a flush. */
struct SendRequest
{
    qintptr target = -1; ///< ByteStream::sendTarget()
    std::span<const iovec> data;
    qint64 result = 0; ///< Bytes the kernel took, or -errno.
};

/** How the sends of a turn reach the kernel: one by one, or all in one submission where it has a ring for
 * that. */
class Sender
{
public:
    virtual ~Sender() = default;
    /** Sends without waiting and fills in each result. */
    virtual void sendAll(std::span<SendRequest> requests) = 0;
};

} // namespace dialogue
