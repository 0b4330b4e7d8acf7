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
    /** What one of the requests has come to: where its bytes stand in m_bytes. */
    struct Prepared
    {
        SendRequest *origin = nullptr;
        qsizetype at = 0;
        qsizetype size = 0;
    };

    void sendSome(std::span<SendRequest> requests);
    void prepare(std::span<SendRequest> requests);

    std::unique_ptr<Sender> m_inner;
    // Kept from one to the next for their capacity.
    QByteArray m_record;
    QByteArray m_bytes;
    std::vector<Prepared> m_prepared;
    std::vector<iovec> m_vectors;
    std::vector<SendRequest> m_requests;
};

} // namespace dialogue::tls
