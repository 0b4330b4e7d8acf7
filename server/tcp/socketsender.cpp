#include "server/tcp/socketsender.h"

#include <cerrno>

#include <sys/socket.h>

namespace dialogue {

void SocketSender::sendAll(std::span<SendRequest> requests)
{
    for (SendRequest &request : requests) {
        msghdr message{};
        message.msg_iov = const_cast<iovec *>(request.data.data());
        message.msg_iovlen = request.data.size();
        do {
            const ssize_t sent = ::sendmsg(int(request.target), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
            request.result = sent >= 0 ? sent : -errno;
        } while (request.result == -EINTR);
    }
}

} // namespace dialogue
