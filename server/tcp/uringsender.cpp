#include "server/tcp/uringsender.h"

#include "core/base/logging.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include <liburing.h>
#include <sys/socket.h>

namespace dialogue {

namespace {

constexpr unsigned Entries = 2048;

/** Below this, filling the ring costs more than the system calls it saves. */
constexpr std::size_t WorthARing = 4;

constexpr int Flags = MSG_NOSIGNAL | MSG_DONTWAIT;

/** What a request holds until the kernel has answered it; no send takes so long. */
constexpr qint64 Unanswered = -EINPROGRESS;

} // namespace

struct UringSender::Ring
{
    Ring()
    {
        io_uring_params params{};
        // One thread submits and reaps; completions are run when it asks for them, not by interrupting it; a
        // bad request does not stop those behind it.
        params.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_SUBMIT_ALL;
        error = -io_uring_queue_init_params(Entries, &ring, &params);
    }
    ~Ring()
    {
        if (error == 0)
            io_uring_queue_exit(&ring);
    }
    Ring(const Ring &) = delete;
    Ring &operator=(const Ring &) = delete;

    io_uring ring{};
    int error; ///< Why there is none: an errno, or 0.
    std::vector<msghdr> messages; ///< Of one batch; the kernel reads them until it has answered.
};

std::unique_ptr<UringSender> UringSender::create(int *error)
{
    auto ring = std::make_unique<Ring>();
    *error = ring->error;
    return std::unique_ptr<UringSender>(ring->error == 0 ? new UringSender(std::move(ring)) : nullptr);
}

UringSender::UringSender(std::unique_ptr<Ring> ring)
    : m_ring(std::move(ring))
{ }

UringSender::~UringSender() = default;

void UringSender::sendAll(std::span<SendRequest> requests)
{
    while (m_ring && requests.size() >= WorthARing) {
        const auto batch = requests.first(std::min<std::size_t>(requests.size(), Entries));
        for (SendRequest &request : batch)
            request.result = Unanswered;
        if (const int error = submit(batch)) {
            qCWarning(lcNet, "io_uring fails: %s; from now on it is a call for each send",
                      std::strerror(error));
            m_ring.reset(); // None of those without an answer has reached the kernel; now none will.
        }
        for (SendRequest &request : batch) {
            if (request.result == Unanswered || request.result == -EINTR)
                m_oneByOne.sendAll({&request, 1});
        }
        requests = requests.subspan(batch.size());
    }
    m_oneByOne.sendAll(requests);
}

void UringSender::prepare(std::span<const SendRequest> requests)
{
    m_ring->messages.resize(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const SendRequest &request = requests[i];
        // Not null: the ring is empty and large enough.
        io_uring_sqe *const sqe = io_uring_get_sqe(&m_ring->ring);
        if (request.data.size() == 1) {
            const iovec &data = request.data.front();
            io_uring_prep_send(sqe, int(request.target), data.iov_base, data.iov_len, Flags);
        } else {
            msghdr &message = m_ring->messages[i] = {};
            message.msg_iov = const_cast<iovec *>(request.data.data());
            message.msg_iovlen = request.data.size();
            io_uring_prep_sendmsg(sqe, int(request.target), &message, Flags);
        }
        io_uring_sqe_set_data64(sqe, i);
    }
}

int UringSender::submit(std::span<SendRequest> requests)
{
    prepare(requests);
    io_uring *const ring = &m_ring->ring;
    std::size_t answered = 0;
    while (answered < requests.size()) {
        // None waits for its socket, so all are answered once this returns, but for a signal that comes
        // between.
        const int submitted
            = io_uring_submit_and_wait(ring, static_cast<unsigned>(requests.size() - answered));
        if (submitted < 0 && submitted != -EINTR)
            return -submitted;
        io_uring_cqe *cqe = nullptr;
        unsigned head = 0;
        unsigned seen = 0;
        io_uring_for_each_cqe(ring, head, cqe)
        {
            requests[io_uring_cqe_get_data64(cqe)].result = cqe->res;
            ++seen;
        }
        io_uring_cq_advance(ring, seen);
        answered += seen;
    }
    return 0;
}

} // namespace dialogue
