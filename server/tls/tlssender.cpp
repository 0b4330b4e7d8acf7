#include "server/tls/tlssender.h"

#include "server/tls/tlsstream.h"

#include <cerrno>
#include <utility>

namespace dialogue::tls {

namespace {

TlsStream &streamOf(const SendRequest &request)
{
    // What TlsStream::sendTarget() has made of a pointer.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    return *reinterpret_cast<TlsStream *>(request.target);
}

} // namespace

TlsSender::TlsSender(std::unique_ptr<Sender> inner)
    : m_inner(std::move(inner))
{ }

TlsSender::~TlsSender() = default;

void TlsSender::sendAll(std::span<SendRequest> requests)
{
    m_vectors.clear();
    m_vectors.reserve(requests.size()); // They are pointed to.
    m_requests.clear();
    m_origins.clear();
    for (std::size_t i = 0; i < requests.size(); ++i) {
        TlsStream &stream = streamOf(requests[i]);
        requests[i].result = stream.prepare(requests[i].data);
        if (requests[i].result <= 0)
            continue;
        const QByteArray &bytes = stream.prepared();
        m_vectors.push_back(
            {.iov_base = const_cast<char *>(bytes.constData()), .iov_len = std::size_t(bytes.size())});
        m_requests.push_back({.target = stream.innerTarget(), .data = {&m_vectors.back(), 1}});
        m_origins.push_back(i);
    }
    m_inner->sendAll(m_requests);
    for (std::size_t i = 0; i < m_requests.size(); ++i) {
        SendRequest &origin = requests[m_origins[i]];
        if (!streamOf(origin).sent(m_requests[i].result))
            origin.result = -EPIPE;
    }
}

} // namespace dialogue::tls
