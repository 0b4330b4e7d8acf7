#pragma once

#include <QtGlobal>

#include <memory>
#include <span>

#include <sys/uio.h>

namespace dialogue {

/** One connection's share of a flush. */
struct SendRequest
{
    int descriptor = -1;
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

/** sendmsg(2) for each. */
class SocketSender final : public Sender
{
public:
    void sendAll(std::span<SendRequest> requests) override;
};

/** For the calling thread: a ring where \a ioUring asks for one and the kernel and the build have it. */
std::unique_ptr<Sender> createSender(bool ioUring);

} // namespace dialogue
