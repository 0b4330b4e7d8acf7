#pragma once

#include "core/base/result.h"
#include "core/room/ratelimit.h"
#include "core/room/roomconfig.h"
#include "server/export.h"
#include "server/loop/servertransport.h"
#include "server/tcp/permessagedeflate.h"

#include <QHostAddress>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace dialogue {

class EventStore;
struct MetricFamily;

/** What the server tells of itself at /health, /ready and /version. */
struct HealthConfig
{
    bool enabled = true;
    bool open = false; ///< To anybody which version it is, and why it is not ready.
};

enum class MetricsFormat {
    Prometheus, ///< Is asked by HTTP.
    Statsd, ///< Is sent to, by UDP.
};

/** What the server counts, told to who looks after it; see docs/operations.md. */
struct MetricsConfig
{
    bool enabled = false;
    MetricsFormat format = MetricsFormat::Prometheus;
    QString endpoint = QStringLiteral("/metrics");
    bool open = false; ///< To anybody.
    QString host = QStringLiteral("127.0.0.1"); ///< Of a listener of their own,
    std::optional<quint16> port = {}; ///< where there is one; 0: any free port, see Dialogue::metricsUrl().
    int maxSeries = 10'000; ///< Of rooms and their events; further rooms are counted together.
    QString address = QStringLiteral("127.0.0.1:8125"); ///< Of the statsd daemon.
    std::chrono::milliseconds interval = std::chrono::seconds(10); ///< Of statsd, and of \a exporter.
    QString prefix = {}; ///< Of statsd's names.
    /** An application's own way, besides the format: called each interval in a thread of the metrics, which
     * waits for it. */
    std::function<void(const QList<MetricFamily> &)> exporter = {};
};

/** The HTTP API, for who has one of auth.apiKeys; see docs/http-api.md. Without these there is none. */
struct ApiConfig
{
    bool enabled = true;
    QString host = QStringLiteral("127.0.0.1"); ///< Of a listener of its own,
    std::optional<quint16> port = {}; ///< where there is one; 0: any free port, see Dialogue::apiUrl().
    RateLimit rateLimit{.maxEvents = 100}; ///< Of each key; each event that is triggered counts.
    /** Of each address: keys that are not accepted. */
    RateLimit failedKeys{.maxEvents = 20, .window = std::chrono::seconds(10)};
};

/** What an account of the console may do; each may do what those before it may. */
enum class AdminRole {
    Viewer, ///< Counters, lists and what events are about, without payloads; users and addresses are masked.
    Inspector, ///< Payloads, redacted; who users are.
    Operator, ///< Trigger, and see to clients and users.
    Owner, ///< Rooms, broadcasts, draining; the audit log, and payloads as they are.
};

/** Somebody who may come into /admin. */
struct AdminAccount
{
    QString name = {};
    QString password = {}; ///< Its hash, as admin::hashOfPassword() makes it: never the password.
    AdminRole role = AdminRole::Viewer;
    QStringList rooms = {QStringLiteral("*")}; ///< Their ids; one that ends in "*" is for all that begin so.

    friend bool operator==(const AdminAccount &, const AdminAccount &) = default;
};

/** What becomes of a part of a payload before it leaves for a console. */
enum class RedactionKind { Mask, Remove, Hash };

struct RedactionRule
{
    QString room = QStringLiteral("*"); ///< Its id, or the beginning of one with "*" behind it.
    QString event = QStringLiteral("*"); ///< The same of its name.
    QString path = {}; ///< JSON pointer (RFC 6901) into the data, where "*" is every item; empty: all.
    RedactionKind kind = RedactionKind::Mask;

    friend bool operator==(const RedactionRule &, const RedactionRule &) = default;
};

/** Who may look into the running server and steer it, over the namespace /admin: see docs/admin.md. */
struct AdminConfig
{
    QList<AdminAccount> accounts = {};
    bool generateToken = false; ///< For an owner, of this run: for trying it out.
    QString tokenFile = {}; ///< Where it is written to; empty: among the files of this user's that go.
    /** Addresses, blocks and names, as of trustedProxies. */
    QStringList from = {QStringLiteral("loopback")};
    bool plain = false; ///< Beyond this machine, too, without TLS.
    QString host = QStringLiteral("127.0.0.1"); ///< Of a listener of its own,
    std::optional<quint16> port = {}; ///< where there is one; 0: any free port, see Dialogue::adminUrl().
    QString audit = {}; ///< A file of JSON lines; empty: what was done is in memory, and in the log.
    QList<RedactionRule> redact = {};
    int maxConsoles = 16; ///< Connections.
    int maxWatches = 8; ///< Of each.
    int maxTargets = 10'000; ///< Clients or rooms that one action with a filter is done to.
    qint64 watchBuffer = 16 * 1024 * 1024; ///< Bytes of events that wait to be looked at for watches.
    qint64 timelines = 32 * 1024 * 1024; ///< Bytes of what became of clients.
    std::chrono::milliseconds leavers = std::chrono::minutes(10); ///< How long it is kept of who has left.

    /** Hooks::adminAccount says who comes in: Dialogue knows, and no file. */
    bool hasHook = false;

    [[nodiscard]] bool isSet() const { return generateToken || hasHook || !accounts.isEmpty(); }
};

/** Server-sent events: see docs/sse.md. */
struct SseConfig
{
    bool enabled = false;
    QString path = QStringLiteral("/events");
    std::chrono::milliseconds heartbeat
        = std::chrono::seconds(15); ///< A comment, where nothing else is said.
    std::chrono::milliseconds retry = std::chrono::seconds(3); ///< What readers wait before they come back.
    int maxRooms = 20; ///< In one stream.
};

/** What Socket.IO calls connection state recovery: see docs/protocol.md. */
struct RecoveryConfig
{
    bool connectionState = false;
    std::chrono::milliseconds maxDisconnection = std::chrono::minutes(2); ///< Later it is a new client.
    qint64 bytes = 67108864; ///< Of all who are away; who has been for longest is forgotten first.
};

/** Ways in which events leave the server, besides Socket.IO. */
struct ChannelsConfig
{
    SseConfig sse = {};
};

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
    PerMessageDeflate perMessageDeflate = {}; ///< Of WebSockets.
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
    qint64 appends = 67108864; ///< Bytes of events that wait to be kept, of all rooms together.
    qint64 workerMailbox = 67108864; ///< Bytes waiting for one io worker; then the hub takes nothing in.
    int inboundPerClient = 256; ///< Messages of one client waiting for the hub; then its socket is not read.
    qint64 inboundBytesPerClient = 4194304; ///< The same in bytes.
    qint64 inboundBytes = 268435456; ///< Bytes of all clients; beyond it each may have one message waiting.
    int roomsPerClient = 100; ///< Rooms one client is in at a time.
    /** A user's other connection in a full room, silent for so long, gives its seat to one that joins. */
    std::chrono::milliseconds seatTimeout{2000};
    int subscriptionsPerRoom = 256; ///< Event names one participant subscribes to in one room.
    /** Characters of an event name from the wire, or of a created room's id or name. */
    int eventNameLength = 256;
    int userIdLength = 256; ///< Characters of the user id that a client claims.
    qint64 metaSize = 4096; ///< Bytes of the JSON that a client says of itself (auth.meta).
    qint64 authSize = 16384; ///< Bytes of the JSON that a client sends with CONNECT.
    qint64 eventMetaSize = 16384; ///< Bytes of the JSON of an event's meta.
    int sanctions = 10'000; ///< Bans and mutes that the application may impose at a time.
    int validationSteps = DefaultValidationSteps; ///< Of one event's data, and four more for each byte.
};

/** When a room that a client created ends of itself. */
enum class RoomLifetime {
    Creator, ///< When no connection of its creator is left.
    Empty, ///< When nobody is in it.
    Forever,
};

/** What rooms that clients create carry, where their ids are like its pattern. */
struct RoomTemplate
{
    QString pattern; ///< "*" stands for any characters: "game-*".
    RoomConfig room; ///< Without id, name and createdById, which are its creator's to say.
};

struct RoomCreationConfig
{
    Who create = {};
    int maxPerUser = 10;
    int maxTotal = 10000; ///< Rooms in all, declared and created.
    int maxSize = 1000; ///< The most participants a created room may ask for; also its default.
    RoomLifetime lifetime = RoomLifetime::Empty;
    std::chrono::milliseconds grace = std::chrono::minutes(10); ///< For how long it must be so.
    /** The first that fits is taken; where none does, the room carries any event, and has no rules. */
    QList<RoomTemplate> templates = {};
};

/** A key that signs tokens, and the one algorithm it is for. */
struct JwtKeyConfig
{
    QString algorithm; ///< HS256, HS384, HS512, RS256 ... PS512, ES256, ES384.
    QString file = {}; ///< Of RS, PS and ES: the public key in PEM, or a certificate.
    QString secretFile = {}; ///< Of HS: its bytes, of which a line's end at the end is none.
    QString id = {}; ///< The `kid` of tokens that it signs; empty: any, or none.

    friend bool operator==(const JwtKeyConfig &, const JwtKeyConfig &) = default;
};

/** Keys in a JWK Set (RFC 7517, section 5): in a file, which is read again when it changes, or at an address,
 * which is asked again now and then. */
struct JwksConfig
{
    QString file = {}; ///< Empty: none.
    QString url = {}; ///< https://; empty: none.
    QString ca = {}; ///< A file (PEM) of who signs the certificate of url; empty: whom the system trusts.
    QStringList algorithms = {}; ///< Those that are taken, one for each kind of key.

    [[nodiscard]] bool isSet() const { return !file.isEmpty() || !url.isEmpty(); }
    friend bool operator==(const JwksConfig &, const JwksConfig &) = default;
};

/** Tokens (RFC 7519) that say who a client is; without a key there are none. */
struct JwtConfig
{
    QList<JwtKeyConfig> keys = {};
    JwksConfig jwks = {};
    QString issuer = {}; ///< `iss`, exactly; empty: any.
    QString audience = {}; ///< `aud` is, or holds, this; empty: any.
    QString userClaim = QStringLiteral("sub");
    QString rolesClaim = QStringLiteral("roles"); ///< A string, or a list of them.
    QStringList metaClaims = {}; ///< What of the token others may see, as the client's meta.
    QString cookie = {}; ///< A cookie that holds the token; empty: none does.
    bool requireExpiry = true; ///< Refuse a token without `exp`.
    std::chrono::milliseconds leeway{30000}; ///< For clocks that differ: `exp`, `nbf`, `iat`.
    int maxPending = 5000; ///< Tokens that are being checked; beyond it clients are told to try again.

    [[nodiscard]] bool isSet() const { return !keys.isEmpty() || jwks.isSet(); }
};

/** Keys of other servers and of programs; without a file there are none. */
struct ApiKeysConfig
{
    QString file = {}; ///< JSON, of `dialogue-server key new`; it is read again when it changes.

    [[nodiscard]] bool isSet() const { return !file.isEmpty(); }
};

/** Which name of a certificate is its bearer's. */
enum class CertificateName {
    CommonName, ///< Of its subject.
    Dns, ///< And of its other names (subjectAltName) one of these.
    Email,
    Uri,
};

/** Who somebody is whose certificate has that name. */
struct CertificateUser
{
    QString name;
    QString userId = {}; ///< Empty: that name.
    QStringList roles = {};

    friend bool operator==(const CertificateUser &, const CertificateUser &) = default;
};

/** Certificates of TlsConfig::clientCa that say who a client is. */
struct CertificatesConfig
{
    std::optional<CertificateName> name = {}; ///< Nothing: they say nothing.
    QList<CertificateUser> users = {}; ///< None: whoever has a certificate, by its name and without roles.

    [[nodiscard]] bool isSet() const { return name.has_value(); }
};

/** Who a client is. */
struct AuthConfig
{
    /** The client's own word is meant to be taken, also by who listens beyond this machine. */
    bool claimed = false;
    /** For who has not come with a new token in time; then it is disconnected. */
    std::chrono::milliseconds grace{25000};
    JwtConfig jwt = {};
    ApiKeysConfig apiKeys = {};
    CertificatesConfig certificates = {};

    /** Somebody vouches for who clients are. */
    [[nodiscard]] bool isVouched() const { return jwt.isSet() || apiKeys.isSet() || certificates.isSet(); }
};

/** A certificate, in PEM with those between it and its authority behind it, and its private key. */
struct TlsCertificateConfig
{
    QString certificate = {};
    QString key = {};

    friend bool operator==(const TlsCertificateConfig &, const TlsCertificateConfig &) = default;
};

/** TLS on all that is listened on; without a certificate there is none. */
struct TlsConfig
{
    /** Files of PEM, which are read again when they change. */
    TlsCertificateConfig main = {};
    QList<TlsCertificateConfig> others = {}; ///< For who asks for a name in one of them (SNI).
    QString clientCa = {}; ///< Who signs the certificates of clients; empty: none is asked for.
    bool requireClientCertificate = true; ///< Where there is that.
    bool onlyVersion13 = false; ///< Else TLS 1.2 as well.
    int maxHandshakes = 2000; ///< That are being made; beyond it newcomers take the place of the oldest.
    int maxHandshakesPerIp = 1000; ///< The same of one address.

    [[nodiscard]] bool isSet() const { return !main.certificate.isEmpty(); }
};

struct CorsConfig
{
    /** Origins allowed to use the server from a browser: "https://app.example.org",
     * "https://app-*.example.org", "http://localhost:*", "file://", "null", or "*". Same origin always is. */
    QStringList origins = {};
    bool credentials = true;
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
    RateLimit refresh{60, std::chrono::minutes(1)};
    RateLimit custom{1000, std::chrono::seconds(10)}; ///< Those of Dialogue::onRequest(), together.
    RateLimit failed{2000, std::chrono::seconds(10)}; ///< Requests that were answered with an error.
};

/** Events in one room. */
struct RoomRate
{
    int maxEvents = 1; ///< As in RateLimit, of all its events together.
    std::chrono::milliseconds window{1000};
    QMap<QString, RateLimit> events = {}; ///< Of single ones, by name, besides.
    /** In the place of that of all, for who has that role, for which an authenticator vouches; of several the
     * one that lets most through. */
    QMap<QString, RateLimit> roles = {};

    [[nodiscard]] RateLimit ofAll() const { return {maxEvents, window}; }
    friend bool operator==(const RoomRate &, const RoomRate &) = default;
};

/**
 * How often clients may trigger and ask: per user where an authenticator vouches for it, else per address
 * (IPv6: per network of 64 bits). A reconnect, or another tab, does not reset it.
 */
struct RateLimitConfig
{
    RateLimit global{1000, std::chrono::seconds(10)}; ///< Events, in all rooms.
    QMap<QString, RoomRate> perRoom = {}; ///< By the id of the room, besides the global one.
    RequestRates requests = {};
    int refusals = 5; ///< So many in a row, and the client is read once a second until it may again.
    /** Who goes on for so long is disconnected. */
    std::chrono::milliseconds patience = std::chrono::minutes(5);
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

/** Where events are kept besides memory. */
enum class StoreAdapter {
    None, ///< Nowhere: what was said is gone when the server ends.
    Sqlite, ///< In a file.
    Postgres, ///< In a database of PostgreSQL.
};

/** What to do where the store turns out to be damaged. */
enum class OnCorruption {
    StartEmpty, ///< Set it aside and begin another.
    Stop, ///< Do not start.
};

/** What outlives the server, see docs/persistence.md. */
struct PersistenceConfig
{
    StoreAdapter adapter = StoreAdapter::None;
    /** Of an application that keeps events itself: makes what does; whatever \a adapter says. */
    std::function<Result<std::unique_ptr<EventStore>>()> own = {};
    QString url = {}; ///< Of the database: as libpq takes it, "postgresql://user@host/name".
    QString path = QStringLiteral("dialogue.db"); ///< Of the file; relative ones to where the server runs.
    QString sanctions = {}; ///< The file of bans and mutes; empty: with Sqlite beside it, else none.
    Durability durability = Durability::Commit; ///< Of rooms that say nothing else.
    EventRetention retention = {}; ///< The same.
    OnCorruption onCorruption = OnCorruption::StartEmpty;
    qint64 queue = 67108864; ///< Bytes of events that went out already and wait to be stored.
};

/** Where bans and mutes are kept; empty: in memory alone. */
[[nodiscard]] inline QString sanctionFileOf(const PersistenceConfig &config)
{
    if (!config.sanctions.isEmpty() || config.own || config.adapter != StoreAdapter::Sqlite)
        return config.sanctions;
    return config.path + QStringLiteral("-sanctions.json");
}

/** What the server keeps for rooms and users, in bytes with all that it takes to keep it. */
struct MemoryConfig
{
    qint64 total = 1073741824; ///< Where it is used up the largest rooms give up their oldest events.
    qint64 perRoom = 67108864; ///< Events one room keeps, whatever its history and recovery allow.
    qint64 perUser = 8388608; ///< What one user's connections, subscriptions and created rooms take.
    /** Of all users, besides history.triggerIds; the largest holders' go first. */
    qint64 triggerIds = 33554432;
};

/** Hooks that answer later. */
struct HooksConfig
{
    std::chrono::milliseconds timeout{10000}; ///< For one answer.
    /** Answers that are waited for; beyond it nobody is asked, and the client is told. */
    int maxPending = 5000;
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
    /** Of the machine's addresses, or "unix:/run/dialogue.sock", "systemd"; "none": all clients come through
     * Dialogue::accept(). */
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 3000; ///< 0: any free one.
    /** Io threads; 0: connections live in the hub's own thread. Nothing: 1, or 0 where only one processor may
     * be used and the hub's thread has createEventDispatcher(). */
    std::optional<int> workers = {};
    ServerTransport transport = ServerTransport::Native; ///< What its sockets are made of.
    bool ioUring = true; ///< Send with it where the kernel has it; of ServerTransport::Native.
    /** Whose word on who their client is gets believed: addresses, blocks such as "10.0.0.0/8", "loopback",
     * "private", "unix". See docs/deployment.md. */
    QStringList trustedProxies = {};
    /** Connections from trustedProxies begin with a header of the PROXY protocol. */
    bool proxyProtocol = false;
    /** Names under which the server answers, against DNS rebinding: "chat.example.org", "*.example.org".
     * Empty: any. Addresses and "localhost" always do. */
    QStringList allowedHosts = {};
    bool demo = false; ///< Serve the demo page at "/".
    /** Of the program dialogue-server: what it logs, such as "info,rooms=debug". */
    QString logLevel = QStringLiteral("info");
    QList<RoomConfig> rooms = {};
    HealthConfig health = {};
    MetricsConfig metrics = {};
    ApiConfig api = {};
    AdminConfig admin = {};
    ChannelsConfig channels = {};
    /** What events of whatever room pass, in this order, before the room's own. */
    QList<MiddlewareConfig> middleware = {};
    EngineConfig engine = {};
    LimitsConfig limits = {};
    RoomCreationConfig roomCreation = {};
    TlsConfig tls = {};
    AuthConfig auth = {};
    CorsConfig cors = {};
    HistoryConfig history = {};
    RecoveryConfig recovery = {};
    MemoryConfig memory = {};
    PersistenceConfig persistence = {};
    RateLimitConfig rateLimit = {};
    ListRoomsConfig listRooms = {};
    PresenceConfig presence = {};
    HooksConfig hooks = {};
    DrainConfig drain = {};
    ServerRequestsConfig serverRequests = {};
};

} // namespace dialogue
