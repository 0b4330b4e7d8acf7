#include "server/gateway/workeroutbox.h"

namespace dialogue::gateway {

namespace {

qint64 payloadOf(const Send &message) { return message.frame->bytes().size(); }

qint64 payloadOf(const Publish &message)
{
    const qint64 except = message.except ? static_cast<qint64>(message.except->size() * sizeof(SocketId)) : 0;
    return message.frame->bytes().size() + except;
}

qint64 payloadOf(const Respond &message) { return message.response.body.size(); }

template <class Message>
qint64 payloadOf(const Message &)
{
    return 0;
}

} // namespace

qint64 costOf(const ToWorker &message)
{
    return static_cast<qint64>(sizeof(ToWorker))
        + std::visit([](const auto &each) { return payloadOf(each); }, message);
}

} // namespace dialogue::gateway
