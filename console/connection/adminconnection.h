#pragma once

#include "client/socketioclient.h"
#include "client/socketiosocket.h"
#include "console/connection/hello.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace dialogue::console {

/**
 * A server's /admin, as the console sees it: comes in, comes back by itself, asks. What a page wants while
 * it is in it asks for in entered(), which comes again after each loss.
 */
class AdminConnection : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Offline, ///< And not about to come in: what problem() says, or nobody wanted to yet.
        Connecting,
        In,
        Returning, ///< Lost; tries by itself.
    };
    Q_ENUM(State)

    /** Characters of the reason for an action, which the audit log keeps. */
    static constexpr int LongestReason = 256;

    explicit AdminConnection(ClientConfig config, QObject *parent = nullptr);
    ~AdminConnection() override;

    void open();
    void close();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isIn() const { return m_state == State::In; }
    /** Of the last time that we came in. */
    [[nodiscard]] const Hello &hello() const { return m_hello; }
    [[nodiscard]] const ClientConfig &config() const;
    /** Why we are not in; its kind Closed where there is none. */
    [[nodiscard]] const ConnectionFailure &problem() const { return m_problem; }

    using Answer = std::function<void(const Result<QJsonObject> &reply)>;
    /** Asks, now: ConnectionLost where we are not in. \a told gets the answer without its `ok`, from the
     * event loop, unless \a context is gone by then. */
    void ask(QLatin1String name, const QJsonObject &request, QObject *context, Answer told);
    /** Calls \a handler with each event of that name while \a context lives. */
    void on(QLatin1String name, QObject *context, SocketIoSocket::Handler handler);
    /** Says something that needs no answer; nothing where we are not in. */
    void tell(QLatin1String name, const QJsonObject &request);

Q_SIGNALS:
    void stateChanged(dialogue::console::AdminConnection::State state);
    void entered(); ///< Also again.
    void problemChanged();
    /** The \a attempt -th attempt in a row begins in \a delay milliseconds. */
    void attemptScheduled(int attempt, int delay);

private:
    void take(const QJsonObject &hello);
    void leave(const ConnectionFailure &why);
    void setState(State state);
    void fail(ConnectionFailure failure);

    std::unique_ptr<SocketIoClient> m_client;
    SocketIoSocket *m_socket;
    QTimer m_silence; ///< Since we are in the namespace, without a hello.
    State m_state = State::Offline;
    Hello m_hello;
    ConnectionFailure m_problem = {ConnectionFailure::Kind::Closed, {}};
};

} // namespace dialogue::console
