#include "server/tls/tlssender.h"

#include "server/tls/tlsstream.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace dialogue::tls {

namespace {

constexpr std::size_t AtATime = 64;
constexpr qsizetype LargestKept = 1024 * 1024; ///< Bytes of memory, from one flush to the next.

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

// What was encrypted last is sent while the processor still has it at hand.
void TlsSender::sendAll(std::span<SendRequest> requests)
{
    while (!requests.empty()) {
        const auto some = requests.first(std::min(requests.size(), AtATime));
        sendSome(some);
        requests = requests.subspan(some.size());
    }
    if (m_bytes.capacity() > LargestKept)
        m_bytes = {};
}

void TlsSender::sendSome(std::span<SendRequest> requests)
{
    prepare(requests);
    m_vectors.clear();
    m_vectors.reserve(m_prepared.size()); // They are pointed to.
    m_requests.clear();
    for (const Prepared &each : m_prepared) {
        m_vectors.push_back({.iov_base = m_bytes.data() + each.at, .iov_len = std::size_t(each.size)});
        m_requests.push_back(
            {.target = streamOf(*each.origin).innerTarget(), .data = {&m_vectors.back(), 1}});
    }
    m_inner->sendAll(m_requests);
    for (std::size_t i = 0; i < m_prepared.size(); ++i) {
        SendRequest &origin = *m_prepared[i].origin;
        const QByteArrayView bytes(m_bytes.constData() + m_prepared[i].at, m_prepared[i].size);
        if (!streamOf(origin).sent(bytes, m_requests[i].result))
            origin.result = -EPIPE;
    }
}

void TlsSender::prepare(std::span<SendRequest> requests)
{
    m_bytes.resize(0);
    m_prepared.clear();
    for (SendRequest &request : requests) {
        const qsizetype at = m_bytes.size();
        request.result = streamOf(request).prepare(request.data, m_record, m_bytes);
        if (request.result > 0)
            m_prepared.push_back({.origin = &request, .at = at, .size = m_bytes.size() - at});
    }
}

} // namespace dialogue::tls
