#pragma once

#include "server/tcp/socketsender.h"

#include <memory>

namespace dialogue {

/**
 * All sends of a turn in one io_uring submission: one system call for up to 2,048 connections, where the
 * per-call cost is a good part of a small send.
 *
 * Made and used in one thread. The kernel must be 6.1 or later and allow io_uring (containers often do not).
 */
class UringSender final : public Sender
{
public:
    /** Null where the kernel refuses it; \a error is the errno it gives, or 0. */
    static std::unique_ptr<UringSender> create(int *error);
    ~UringSender() override;

    void sendAll(std::span<SendRequest> requests) override;

private:
    struct Ring;
    explicit UringSender(std::unique_ptr<Ring> ring);
    void prepare(std::span<const SendRequest> requests);
    /** 0, or the errno with which the kernel takes no more. */
    int submit(std::span<SendRequest> requests);

    std::unique_ptr<Ring> m_ring; ///< Null once it failed.
    SocketSender m_oneByOne;
};

} // namespace dialogue
