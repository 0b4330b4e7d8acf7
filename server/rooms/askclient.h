#pragma once

#include "core/base/answer.h"
#include "core/base/result.h"

#include <QFuture>
#include <QJsonArray>
#include <QJsonValue>
#include <QString>

#include <chrono>

namespace dialogue {

class SocketClient;
struct RoomServices;

/** What is asked of clients. */
struct ClientQuestion
{
    QString event;
    QJsonValue data;
    std::chrono::milliseconds timeout; ///< 0: serverRequests.timeout.

    [[nodiscard]] QJsonArray args() const { return data.isUndefined() ? QJsonArray() : QJsonArray{data}; }
    [[nodiscard]] std::chrono::milliseconds timeoutIn(const RoomServices &services) const;
};

/** A future that is finished already. */
template <class T>
[[nodiscard]] QFuture<Result<T>> answeredWith(Error error)
{
    return later::ended<T>(std::move(error));
}

/** ConnectedClient::request(), NamespaceSocket::request() */
[[nodiscard]] QFuture<Result<QJsonArray>> askClient(const RoomServices &services, const QByteArray &nsp,
                                                    const SocketClient &client,
                                                    const ClientQuestion &question);
/** PayloadTooLarge, where the frame of a question has so many bytes. */
[[nodiscard]] Result<void> checkQuestionSize(const RoomServices &services, qint64 bytes);

} // namespace dialogue
