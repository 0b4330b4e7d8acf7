#pragma once

#include "server/tcp/sender.h"

#include <memory>
#include <vector>

namespace dialogue::tls {

/** Encrypts what is sent, whose targets are TlsStreams, and hands it to another Sender in one go. */
class TlsSender final : public Sender
{
public:
    explicit TlsSender(std::unique_ptr<Sender> inner);
    ~TlsSender() override;

    void sendAll(std::span<SendRequest> requests) override;

private:
    std::unique_ptr<Sender> m_inner;
    // Kept from one to the next for their capacity.
    std::vector<iovec> m_vectors;
    std::vector<SendRequest> m_requests;
    std::vector<std::size_t> m_origins; ///< Which of the requests each of them is of.
};

} // namespace dialogue::tls
