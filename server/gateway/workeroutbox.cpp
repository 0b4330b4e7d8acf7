#include "server/gateway/workeroutbox.h"

namespace dialogue::gateway {

qint64 costOf(const ToWorker &message)
{
    auto cost = static_cast<qint64>(sizeof(ToWorker));
    if (const auto *send = std::get_if<Send>(&message)) {
        cost += send->frame->bytes().size();
    } else if (const auto *publish = std::get_if<Publish>(&message)) {
        cost += publish->frame->bytes().size();
        if (publish->except)
            cost += static_cast<qint64>(publish->except->size() * sizeof(SocketId));
    } else if (const auto *respond = std::get_if<Respond>(&message)) {
        cost += respond->response.body.size();
    }
    return cost;
}

} // namespace dialogue::gateway
