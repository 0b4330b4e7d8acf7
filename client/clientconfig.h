#pragma once

#include "client/export.h"

#include <QJsonObject>
#include <QList>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslError>
#include <QString>
#include <QUrl>

#include <chrono>
#include <concepts>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace dialogue {

/** What carries a connection; the client tries them in the order of ClientConfig::transports. */
enum class TransportKind { WebSocket, Polling };

/**
 * What the client says of itself with each CONNECT: an object, or a function that is called anew for each
 * connection, so that a token is always a fresh one. The function runs in the client's thread.
 */
class Auth
{
public:
    Auth() = default;
    Auth(QJsonObject object)
        : m_make([object = std::move(object)] { return object; })
    { }
    template <class F>
    requires(!std::same_as<F, Auth> && std::is_invocable_r_v<QJsonObject, F>) Auth(F make)
        : m_make(std::move(make))
        , m_fresh(true)
    { }

    [[nodiscard]] QJsonObject operator()() const { return m_make ? m_make() : QJsonObject(); }
    /** Another try may say something else: after a refusal the client tries again only then. */
    [[nodiscard]] bool isFresh() const { return m_fresh; }

private:
    std::function<QJsonObject()> m_make;
    bool m_fresh = false;
};

/** How long the client waits for what. */
struct ClientTimeouts
{
    std::chrono::milliseconds connect{10000}; ///< For one transport, up to Socket.IO's CONNECT.
    /** join, listRooms and the like: from the call to the answer, and where there is no connection, from when
     * there is one. */
    std::chrono::milliseconds request{10000};
    /** How long they wait for a connection before that; 0: as long as it takes. */
    std::chrono::milliseconds waiting{0};
    /** On polling though a WebSocket would be preferred: until one is tried again. Doubles each time, up to
     * 64 times as long; 0: never. */
    std::chrono::milliseconds upgrade{30000};
    std::chrono::milliseconds check{5000}; ///< For a sign of life, after checkConnection().
    std::chrono::milliseconds trigger{120000}; ///< A trigger, time in the outbox included.
};

/** What waits for a connection, or for the server's ack, at most. A trigger beyond it fails: LimitReached. */
struct OutboxLimits
{
    int messages = 1000;
    qint64 bytes = 4194304;
    /**
     * How many connections in a row may break with one and the same trigger on its way, over the last of them
     * with nothing beside it, until it fails: it may be what breaks them, for a proxy that cannot bear it,
     * and would take the others with it for ever. One that breaks with nothing on its way begins the row
     * anew: that is the network's doing. PayloadTooLarge where it is a large one, else ConnectionLost. 0: no
     * number.
     */
    int brokenConnections = 20;
};

/** What a server may make us hold, at most; a server that goes beyond is left with an error. */
struct ClientLimits
{
    qint64 messageSize = 16777216; ///< Bytes of one message or one polling body.
    int attachments = 64; ///< Binary attachments of one packet.
    /** Requests of the server that wait for what a handler of onRequest() answers later; it is told
     * UNAVAILABLE beyond. */
    int requests = 256;
    /** Bytes that were received and that no handler has seen yet, of whichever thread. Above it nothing more
     * is read (but what is on its way up already, which is up to messageSize), until half of it is done: a
     * server that says more waits, or drops and tells of a gap. */
    qint64 inbox = 4194304;
};

/** Everything a DialogueClient is told. */
struct ClientConfig
{
    /** "http://127.0.0.1:3000", "https://chat.example.org"; ws and wss mean the same. With a user and a
     * password they are the HTTP server's, which asks with 401. */
    QUrl url;
    QString path = QStringLiteral("/socket.io/"); ///< Where the url has none of its own.
    Auth auth = {};
    bool autoConnect = true; ///< Connect as soon as control is back in the event loop.
    bool reconnection = true;
    /** Before giving up; 0: never gives up. In a row, of which a connection is the end that lasts for
     * reconnectionDelayMax. */
    int reconnectionAttempts = 0;
    std::chrono::milliseconds reconnectionDelay{1000}; ///< The most; doubles with each attempt ...
    std::chrono::milliseconds reconnectionDelayMax{5000}; ///< ... up to this.
    /** 0 to 1: the share of a delay that chance decides. With 1 it is anything from nothing to the whole, so
     * that those whom one server has lost do not come back all at once. */
    double reconnectionJitter = 1;
    ClientTimeouts timeouts = {};
    QList<TransportKind> transports = {TransportKind::WebSocket, TransportKind::Polling};
    OutboxLimits outbox = {};
    ClientLimits limits = {};
    QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
    /** Nothing: the application's for this url, else the system's. For none, say QNetworkProxy::NoProxy here:
     * an application that wants none looks to Qt like one that has not set any. */
    std::optional<QNetworkProxy> proxy = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {}; ///< Sent with each HTTP request.
    /** More of them, asked for anew at each connection, in the client's thread. */
    std::function<QList<std::pair<QByteArray, QByteArray>>()> freshHeaders = {};
    /**
     * Asked whether to go on where the server's certificate is not to be trusted, in the client's thread: a
     * pin compares `errors.first().certificate()`, its digest() or its publicKey(), with the one it knows.
     * All errors must be borne, so say yes only where each of them is of a kind that is expected. None: no.
     * To ask a person, say no, show ConnectionFailure::sslErrors, and connect again.
     */
    std::function<bool(const QList<QSslError> &errors)> trustCertificate = {};
};

} // namespace dialogue
