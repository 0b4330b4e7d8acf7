#pragma once

#include "server/tcp/sender.h"

namespace dialogue {

/** sendmsg(2) for each. */
class SocketSender final : public Sender
{
public:
    void sendAll(std::span<SendRequest> requests) override;
};

} // namespace dialogue
