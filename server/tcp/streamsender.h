#pragma once

#include "server/tcp/sender.h"

namespace dialogue {

/** Writes to each QtStream what is for it. */
class StreamSender final : public Sender
{
public:
    void sendAll(std::span<SendRequest> requests) override;
};

} // namespace dialogue
