#pragma once

#include "core/room/roomconfig.h"
#include "server/export.h"

#include <QHostAddress>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace dialogue {

/** Engine.IO's and Socket.IO's own numbers. */
struct EngineConfig
{
    QString path = QStringLiteral("/socket.io/");
    std::chrono::milliseconds pingInterval{25000};
    std::chrono::milliseconds pingTimeout{20000};
    std::chrono::milliseconds upgradeTimeout{10000};
    std::chrono::milliseconds connectTimeout{45000}; ///< From the session's opening to its first namespace.
    qint64 maxPayload = 1000000; ///< Bytes of one message or one polling body.
    int maxAttachments = 10; ///< Binary attachments of one packet.
};

/** Limits against strangers and against ourselves. 0 never means "no limit" here: each has a range. */
struct LimitsConfig
{
    int maxConnections = 15000; ///< TCP connections in all; further ones are closed at once.
    int maxConnectionsPerIp = 10000; ///< IPv6 by its first 64 bits, here and below.
    int waitingConnections = 5000; ///< Of these, without a request in hand or a WebSocket.
    int waitingConnectionsPerIp = 2000;
    int maxSessions = 15000; ///< Engine.IO sessions in all; a polling one needs no connection to be there.
    int maxSessionsPerIp = 10000;
    int sessionsWithoutConnect = 5000; ///< Of these, that have joined no namespace.
    int sessionsWithoutConnectPerIp = 2000;
    int maxHeaderSize = 16384; ///< Bytes of one HTTP head.
    qint64 maxBodySize = 1000000; ///< Bytes of a body for own HTTP routes.
    std::chrono::milliseconds headerTimeout{
        10000}; ///< From accepting to a complete head; also an idle keep-alive.
    std::chrono::milliseconds bodyTimeout{20000}; ///< From the head to the complete body.
    std::chrono::milliseconds closeTimeout{5000}; ///< For a closing connection to take what is left.
    qint64 sendQueue = 4194304; ///< Bytes waiting for one slow reader; then its room's policy applies.
    qint64 workerMailbox = 67108864; ///< Bytes waiting for one io worker; then the hub takes nothing in.
    int inboundPerClient = 256; ///< Messages of one client waiting for the hub; then its socket is not read.
    qint64 inboundBytesPerClient = 4194304; ///< The same in bytes.
    qint64 inboundBytes = 268435456; ///< Bytes of all clients; beyond it each may have one message waiting.
    int roomsPerClient = 100; ///< Rooms one client is in at a time.
    /** A user's other connection in a full room, silent for so long, gives its seat to one that joins. */
    std::chrono::milliseconds seatTimeout{2000};
    int subscriptionsPerRoom = 256; ///< Event names one participant subscribes to in one room.
    int eventNameLength
        = 256; ///< Characters of an event name from the wire, or of a created room's id or name.
    int userIdLength = 256; ///< Characters of the user id that a client claims.
    qint64 metaSize = 4096; ///< Bytes of the JSON that a client says of itself (auth.meta).
    qint64 authSize = 16384; ///< Bytes of the JSON that a client sends with CONNECT.
    qint64 eventMetaSize = 16384; ///< Bytes of the JSON of an event's meta.
    int validationSteps = defaultValidationSteps; ///< Of one event's data, and four more for each byte.
};

/** Who may do it over the wire. */
enum class Permission { Nobody, Authenticated, Anyone };

/** When a room that a client created ends of itself. */
enum class RoomLifetime {
    Creator, ///< When no connection of its creator is left.
    Empty, ///< When nobody is in it.
    Forever,
};

struct RoomCreationConfig
{
    Permission create = Permission::Nobody;
    int maxPerUser = 10;
    int maxTotal = 10000; ///< Rooms in all, declared and created.
    int maxSize = 1000; ///< The most participants a created room may ask for; also its default.
    RoomLifetime lifetime = RoomLifetime::Empty;
    std::chrono::milliseconds grace = std::chrono::minutes(10); ///< For how long it must be so.
};

struct CorsConfig
{
    /** Origins allowed to use the server from a browser: "https://app.example.org",
     * "https://app-*.example.org", "http://localhost:*", "file://", "null", or "*". Same origin always is. */
    QStringList origins = {};
    bool credentials = true;
};

/** At most so many in any span of time as long as the window. */
struct RateLimit
{
    int maxEvents = 1;
    std::chrono::milliseconds window{1000};

    friend bool operator==(const RateLimit &, const RateLimit &) = default;
};

/** What clients may ask besides triggering, per user or address. */
struct RequestRates
{
    RateLimit connect{5000, std::chrono::seconds(10)}; ///< CONNECT, per address.
    RateLimit join{2000, std::chrono::minutes(1)};
    RateLimit leave{2000, std::chrono::seconds(10)};
    RateLimit subscribe{3000, std::chrono::minutes(1)}; ///< And subscribeAll, unsubscribe.
    RateLimit listRooms{300, std::chrono::minutes(1)};
    RateLimit participants{600, std::chrono::minutes(1)};
    RateLimit createRoom{20, std::chrono::minutes(1)};
    RateLimit deleteRoom{20, std::chrono::minutes(1)};
    RateLimit custom{1000, std::chrono::seconds(10)}; ///< Those of Dialogue::onRequest(), together.
    RateLimit failed{2000, std::chrono::seconds(10)}; ///< Requests that were answered with an error.
};

/**
 * How often clients may trigger and ask: per user where an authenticator vouches for it, else per address
 * (IPv6: per network of 64 bits). A reconnect, or another tab, does not reset it.
 */
struct RateLimitConfig
{
    RateLimit global{1000, std::chrono::seconds(10)}; ///< Events, in all rooms.
    QMap<QString, RateLimit> perRoom = {}; ///< By the id of the room, besides the global one.
    RequestRates requests = {};
    int refusals = 5; ///< So many in a row, and the client is read once a second until it may again.
    std::chrono::milliseconds patience
        = std::chrono::minutes(5); ///< Who goes on for so long is disconnected.
    int refusedConnects = 10; ///< CONNECTs that one session may have refused; then it is closed.
    int maxKeys = 100'000; ///< Users and addresses remembered that nobody is connected as any more.
};

struct ListRoomsConfig
{
    int page = 100; ///< Rooms in one answer, where a client asks for no number.
    int maxPage = 1000; ///< And at most.
};

/** What rooms tell of who is in them, where RoomConfig::presence says that they do. */
struct PresenceConfig
{
    std::chrono::milliseconds window{1000}; ///< Changes of that time are told together.
    int atOnce = 50; ///< With so many connections at most a room tells each change at once.
    qint64 noticeSize = 16384; ///< Bytes of changes in one notice; the rest waits for the next.
    int page = 1000; ///< Users in one answer at most.
};

struct HistoryConfig
{
    int requestsPerMinute = 20; ///< dialogue:getHistory, per user or address as in RateLimitConfig.
    int maxPage = 500; ///< Events in one answer.
    int recoveryEvents = 500; ///< Events per room kept for recovery by offset, besides each event's history.
    qint64 recoveryBytes = 2097152; ///< And their bytes in all, per room.
    int triggerIdsPerUser = 1000; ///< The newest ids of triggers, which are applied once; 0: none.
    int triggerIds = 100'000; ///< The same of all users together.
};

/** What the server keeps for rooms and users, in bytes with all that it takes to keep it. */
struct MemoryConfig
{
    qint64 total = 1073741824; ///< Where it is used up the largest rooms give up their oldest events.
    qint64 perRoom = 67108864; ///< Events one room keeps, whatever its history and recovery allow.
    qint64 perUser = 8388608; ///< What one user's connections, subscriptions and created rooms take.
    qint64 triggerIds
        = 33554432; ///< Of all users, besides history.triggerIds; the largest holders' go first.
};

/** Hooks that answer later. */
struct HooksConfig
{
    std::chrono::milliseconds timeout{10000}; ///< For one answer.
    int maxPending
        = 5000; ///< Answers that are waited for; beyond it nobody is asked, and the client is told.
};

/** How the server ends, see Dialogue::stop(). */
struct DrainConfig
{
    std::chrono::milliseconds timeout{5000}; ///< For the hooks that are asked already to answer; 0: none.
};

/** What the server asks of clients: ConnectedClient::request(), Room::request(). */
struct ServerRequestsConfig
{
    std::chrono::milliseconds timeout{10000}; ///< For an answer, where the call says nothing else.
    int maxPending = 100'000; ///< Answers that are waited for, of each participant one.
    int maxPendingPerClient = 100; ///< The same of one client, in one namespace.
    /** Of participants, as they came, which are kept until the last has answered; of all rooms. */
    qint64 answerBytes = 33554432;
};

/** Everything a server is told; the fields' names, ranges and texts for the file are in config/fields.cpp. */
struct DIALOGUE_SERVER_EXPORT ServerConfig
{
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 3000; ///< 0: any free one.
    /** Io threads; 0: connections live in the hub's own thread. Nothing: 1, or 0 where only one processor may
     * be used and the hub's thread has createEventDispatcher(). */
    std::optional<int> workers = {};
    bool ioUring = true; ///< Send with it where the kernel has it.
    /** Whose word on who their client is gets believed: addresses, blocks such as "10.0.0.0/8", "loopback",
     * "private", "unix". See docs/deployment.md. */
    QStringList trustedProxies = {};
    bool proxyProtocol
        = false; ///< Connections from trustedProxies begin with a header of the PROXY protocol.
    /** Names under which the server answers, against DNS rebinding: "chat.example.org", "*.example.org".
     * Empty: any. Addresses and "localhost" always do. */
    QStringList allowedHosts = {};
    bool demo = false; ///< Serve the demo page at "/".
    QList<RoomConfig> rooms = {};
    EngineConfig engine = {};
    LimitsConfig limits = {};
    RoomCreationConfig roomCreation = {};
    CorsConfig cors = {};
    HistoryConfig history = {};
    MemoryConfig memory = {};
    RateLimitConfig rateLimit = {};
    ListRoomsConfig listRooms = {};
    PresenceConfig presence = {};
    HooksConfig hooks = {};
    DrainConfig drain = {};
    ServerRequestsConfig serverRequests = {};
};

} // namespace dialogue
