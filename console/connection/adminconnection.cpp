#include "console/connection/adminconnection.h"

#include "core/protocol/admin/names.h"
#include "core/protocol/dialogue/errors.h"

#include <QPointer>

#include <tuple>

namespace dialogue::console {

namespace {

namespace names = protocol::admin::names;

ClientConfig waitingToBeOpened(ClientConfig config)
{
    config.autoConnect = false;
    return config;
}

} // namespace

AdminConnection::AdminConnection(ClientConfig config, QObject *parent)
    : QObject(parent)
    , m_client(std::make_unique<SocketIoClient>(waitingToBeOpened(std::move(config))))
    , m_socket(m_client->socket(names::nsp))
{
    m_socket->on(names::hello, this, [this](const SocketIoEvent &event) { take(event.arg(0).toObject()); });
    connect(m_socket, &SocketIoSocket::refused, this,
            [this](const Error &error) { fail({ConnectionFailure(error)}); });
    connect(m_client.get(), &SocketIoClient::connectionFailed, this, &AdminConnection::fail);
    connect(m_client.get(), &SocketIoClient::reconnectScheduled, this, &AdminConnection::attemptScheduled);
    m_silence.setSingleShot(true);
    m_silence.setInterval(m_client->config().timeouts.request);
    connect(m_socket, &SocketIoSocket::connected, &m_silence, qOverload<>(&QTimer::start));
    connect(&m_silence, &QTimer::timeout, this, [this] {
        leave({ConnectionFailure::Kind::TimedOut, tr("the server lets us in, and says nothing of itself")});
    });
    connect(m_socket, &SocketIoSocket::disconnected, this, [this] {
        m_silence.stop();
        setState(m_client->state() == SocketIoClient::State::Disconnected ? State::Offline
                                                                          : State::Returning);
    });
}

AdminConnection::~AdminConnection()
{
    disconnect(m_client.get(), nullptr, this, nullptr);
    disconnect(m_socket, nullptr, this, nullptr);
}

const ClientConfig &AdminConnection::config() const { return m_client->config(); }

void AdminConnection::open()
{
    m_problem = {ConnectionFailure::Kind::Closed, {}};
    Q_EMIT problemChanged();
    setState(State::Connecting);
    m_client->connectToServer();
}

void AdminConnection::close()
{
    m_client->disconnectFromServer();
    setState(State::Offline);
}

void AdminConnection::take(const QJsonObject &hello)
{
    m_silence.stop();
    if (isIn())
        return; // It is said once.
    Result<Hello> read = Hello::read(hello);
    if (!read)
        return leave({ConnectionFailure::Kind::Protocol, read.error().text()});
    m_hello = std::move(*read);
    m_problem = {ConnectionFailure::Kind::Closed, {}};
    Q_EMIT problemChanged();
    setState(State::In);
    Q_EMIT entered();
}

void AdminConnection::leave(const ConnectionFailure &why)
{
    m_client->disconnectFromServer();
    m_problem = why;
    Q_EMIT problemChanged();
    setState(State::Offline);
}

void AdminConnection::fail(ConnectionFailure failure)
{
    // Who was refused is then disconnected, too: that says less.
    if (m_problem.kind != ConnectionFailure::Kind::Refused
        || failure.kind == ConnectionFailure::Kind::Refused)
        m_problem = std::move(failure);
    Q_EMIT problemChanged();
    if (m_client->state() == SocketIoClient::State::Disconnected)
        setState(State::Offline);
}

void AdminConnection::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void AdminConnection::ask(QLatin1String name, const QJsonObject &request, QObject *context, Answer told)
{
    // A future of Qt 6.4 does not bear that its context goes before it.
    const auto tell
        = [context = QPointer(context), told = std::move(told)](const Result<QJsonObject> &reply) {
              if (context)
                  told(reply);
          };
    if (!isIn()) {
        const Error lost{ErrorCode::ConnectionLost, QStringLiteral("There is no connection")};
        QMetaObject::invokeMethod(
            this, [tell, lost] { tell(lost); }, Qt::QueuedConnection);
        return;
    }
    m_socket->request(name, {request}).then(this, [tell](const Result<SocketIoReply> &reply) {
        tell(reply ? protocol::readAck(reply->arg(0)) : Result<QJsonObject>(reply.error()));
    });
}

void AdminConnection::on(QLatin1String name, QObject *context, SocketIoSocket::Handler handler)
{
    m_socket->on(name, context, std::move(handler));
}

void AdminConnection::tell(QLatin1String name, const QJsonObject &request)
{
    if (isIn())
        std::ignore = m_socket->emitVolatile(name, {request}); // Without a connection nobody is to be told.
}

} // namespace dialogue::console
