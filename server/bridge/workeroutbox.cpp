#include "server/bridge/workeroutbox.h"

namespace dialogue::bridge {

qint64 costOf(const ToWorker &message)
{
    auto cost = static_cast<qint64>(sizeof(ToWorker));
    if (const auto *send = std::get_if<Send>(&message)) {
        cost += send->frame->bytes().size();
    } else if (const auto *publish = std::get_if<Publish>(&message)) {
        cost += publish->publication->size();
        if (publish->except)
            cost += static_cast<qint64>(publish->except->size() * sizeof(SubscriberId));
    } else if (const auto *deliver = std::get_if<Deliver>(&message)) {
        cost += deliver->publication->size();
    } else if (const auto *notify = std::get_if<Notify>(&message)) {
        cost += notify->frame->bytes().size();
    } else if (const auto *respond = std::get_if<Respond>(&message)) {
        cost += respond->response.body.size();
    }
    return cost;
}

} // namespace dialogue::bridge
