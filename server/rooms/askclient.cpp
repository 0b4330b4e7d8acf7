#include "server/rooms/askclient.h"

#include "server/rooms/services.h"
#include "server/rooms/socketclient.h"
#include "server/socketio/packetframes.h"

#include <QPromise>

#include <utility>

namespace dialogue {

namespace {

/** To one client. */
class ClientsAnswer final : public Question
{
public:
    explicit ClientsAnswer(const RoomServices &services)
        : Question(services.acks)
        , m_calls(services.calls)
    {
        m_promise.start();
    }

    [[nodiscard]] QFuture<Result<QJsonArray>> future() const { return m_promise.future(); }

private:
    void heard(SocketId, Result<QJsonArray> &&answer, qint64) override
    {
        close();
        const CallDepth::Scope scope(m_calls); // Of what goes on from here.
        m_promise.addResult(std::move(answer));
        m_promise.finish();
    }

    CallDepth &m_calls;
    QPromise<Result<QJsonArray>> m_promise;
};

} // namespace

std::chrono::milliseconds ClientQuestion::timeoutIn(const RoomServices &services) const
{
    return timeout > std::chrono::milliseconds(0) ? timeout : services.config.serverRequests.timeout;
}

Result<void> checkQuestionSize(const RoomServices &services, qint64 bytes)
{
    if (bytes <= services.largestEvent())
        return {};
    return Error{ErrorCode::PayloadTooLarge,
                 QStringLiteral("A request to a client has at most %1 bytes here, not %2")
                     .arg(services.largestEvent())
                     .arg(bytes)};
}

QFuture<Result<QJsonArray>> askClient(const RoomServices &services, const QByteArray &nsp,
                                      const SocketClient &client, const ClientQuestion &question)
{
    if (client.gone) {
        return answeredWith<QJsonArray>(
            {ErrorCode::ConnectionLost, QStringLiteral("The client is gone, and was not asked")});
    }
    const auto asked = std::make_shared<ClientsAnswer>(services);
    const FramePtr frame = requestFrame(nsp, asked->ackId(), question.event, question.args());
    if (const Result<void> fits = checkQuestionSize(services, frame->bytes().size()); !fits)
        return answeredWith<QJsonArray>(fits.error());
    if (const Result<void> expected = asked->expect(client.socket); !expected)
        return answeredWith<QJsonArray>(expected.error());
    services.acks.open(asked);
    asked->expireIn(question.timeoutIn(services));
    services.sockets.send(client.socket, frame);
    return asked->future();
}

} // namespace dialogue
