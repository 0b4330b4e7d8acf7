#include "server/config/fields.h"

#include "core/protocol/dialogue/requests.h"
#include "server/config/adminfields.h"
#include "server/config/apifields.h"
#include "server/config/channelfields.h"
#include "server/config/healthfields.h"
#include "server/config/listenaddress.h"
#include "server/config/loglevels.h"
#include "server/config/makefield.h"
#include "server/config/metricsfields.h"
#include "server/config/rules.h"
#include "server/config/tlsfields.h"
#include "server/http/origin.h"
#include "server/tcp/trustedproxies.h"

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// A path of members cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define DIALOGUE_MEMBER(path) \
    [](auto &owner) -> auto & { return owner.path; }
// NOLINTEND(bugprone-macro-parentheses)

namespace dialogue::config {

namespace {

constexpr qint64 Unlimited = std::numeric_limits<int>::max();

Fields<ServerConfig> topFields()
{
    using C = ServerConfig;
    return {
        checked(text<C>(u"host"_s,
                        u"Address to listen on; \"0.0.0.0\" or \"::\" for every interface, \"127.0.0.1\" for "
                        u"this machine "
                        "only, \"unix:/run/dialogue.sock\" for a Unix socket (with \",mode=0660\" behind it "
                        "for the permissions "
                        "of the file), \"systemd\" for the sockets that systemd hands over; \"none\" in an "
                        "application "
                        "that accepts all connections itself."_s,
                        DIALOGUE_MEMBER(host), u"."_s, u"an address such as \"127.0.0.1\""_s),
                listenAddressProblem),
        number<C>(u"port"_s, 0, 65535, u"TCP port to listen on; 0 takes any free one and says which."_s,
                  DIALOGUE_MEMBER(port)),
        number<C>(u"workers"_s, 0, 64,
                  u"Threads that own the connections; 0 lets the one thread of the rooms do it all. Left "
                  u"out: 1, or 0 "
                  "where the server may use one processor only (by its affinity, not by a quota)."_s,
                  DIALOGUE_MEMBER(workers)),
        choice<C, ServerTransport>(
            u"transport"_s, {{u"native"_s, ServerTransport::Native}, {u"qt"_s, ServerTransport::Qt}},
            u"What the server's sockets are made of: \"native\" are the kernel's own calls, on epoll, \"qt\" "
            u"those "
            "of Qt, which are slower and wherever Qt is. Unix sockets and what systemd hands over need "
            "\"native\"."_s,
            DIALOGUE_MEMBER(transport)),
        flag<C>(
            u"ioUring"_s,
            u"Send what a turn brings with one io_uring call, where the kernel has it (6.1) and allows it."_s,
            DIALOGUE_MEMBER(ioUring)),
        checked(textList<C>(
                    u"trustedProxies"_s,
                    u"Proxies in front of the server, which say in X-Forwarded-For, -Proto and -Host, or in "
                    "Forwarded, who their client is: addresses, blocks such as \"10.0.0.0/8\", \"loopback\", "
                    "\"private\", or \"unix\" for whoever reaches a Unix socket. Nobody else is believed; "
                    "limits.maxConnectionsPerIp is not for them."_s,
                    DIALOGUE_MEMBER(trustedProxies), u"."_s,
                    u"an address, a block of addresses, \"loopback\", \"private\" or \"unix\""_s),
                TrustedProxies::problem),
        flag<C>(
            u"proxyProtocol"_s,
            u"Connections from trustedProxies begin with a header of the PROXY protocol (version 1 or 2), "
            "which says who their client is; without one they are closed. Others must not have one."_s,
            DIALOGUE_MEMBER(proxyProtocol)),
        checked(
            textList<C>(
                u"allowedHosts"_s,
                u"Names the server is asked for by, such as \"chat.example.org\" or \"*.example.org\"; "
                "requests to others are answered 421, so that no page can pass for one of the server's own "
                "by having its name point here. Addresses and \"localhost\" always do; left out: any name."_s,
                DIALOGUE_MEMBER(allowedHosts), u"."_s, u"a host name such as \"chat.example.org\""_s),
            HostPattern::problem),
        checked(text<C>(u"logLevel"_s,
                        u"What dialogue-server logs: error, warning, info or debug, and others for single "
                        "categories, such as \"info,rooms=debug\"; --log-level goes before it."_s,
                        DIALOGUE_MEMBER(logLevel), u"."_s, u"a level such as \"info\""_s),
                logLevelProblem),
        flag<C>(u"demo"_s, u"Serve the demo page at \"/\"."_s, DIALOGUE_MEMBER(demo)),
    };
}

Fields<ServerConfig> engineFields()
{
    using C = ServerConfig;
    return {
        text<C>(u"engine.path"_s, u"Path of the Socket.IO endpoint, with a slash at its end or without."_s,
                DIALOGUE_MEMBER(engine.path), u"^/([A-Za-z0-9._~-]+/)*([A-Za-z0-9._~-]+)?$"_s,
                u"a path that begins with \"/\""_s),
        duration<C>(u"engine.pingInterval"_s, 100ms, 1h, u"From one heartbeat to the next."_s,
                    DIALOGUE_MEMBER(engine.pingInterval)),
        duration<C>(u"engine.pingTimeout"_s, 100ms, 1h,
                    u"How long a client may take to answer a heartbeat."_s,
                    DIALOGUE_MEMBER(engine.pingTimeout)),
        duration<C>(u"engine.upgradeTimeout"_s, 100ms, 10min,
                    u"How long an upgrade from polling to WebSocket may take."_s,
                    DIALOGUE_MEMBER(engine.upgradeTimeout)),
        duration<C>(u"engine.connectTimeout"_s, 100ms, 10min,
                    u"From the opening of a session to its joining a namespace."_s,
                    DIALOGUE_MEMBER(engine.connectTimeout)),
        size<C>(u"engine.maxPayload"_s, KiB, GiB,
                u"The largest message, and the largest polling body, a client may send."_s,
                DIALOGUE_MEMBER(engine.maxPayload)),
        number<C>(u"engine.maxAttachments"_s, 1, 1000, u"Binary attachments of one message at most."_s,
                  DIALOGUE_MEMBER(engine.maxAttachments)),
        flag<C>(
            u"engine.perMessageDeflate.enabled"_s,
            u"Compress messages to and from WebSockets whose clients offer it (RFC 7692), what goes to many once for each io thread; see docs/deployment.md."_s,
            DIALOGUE_MEMBER(engine.perMessageDeflate.enabled)),
        size<C>(u"engine.perMessageDeflate.threshold"_s, 64, GiB, u"Smaller messages go as they are."_s,
                DIALOGUE_MEMBER(engine.perMessageDeflate.threshold)),
        size<C>(
            u"engine.perMessageDeflate.largest"_s, 64, GiB,
            u"An event that is larger, with its attachments, goes as it is: it is compressed in one go, while the others of its io thread wait."_s,
            DIALOGUE_MEMBER(engine.perMessageDeflate.largest)),
        number<C>(u"engine.perMessageDeflate.level"_s, 1, 9,
                  u"As zlib has it: 1 is the fastest, 9 the smallest."_s,
                  DIALOGUE_MEMBER(engine.perMessageDeflate.level)),
    };
}

Fields<ServerConfig> limitFields()
{
    using C = ServerConfig;
    return {
        number<C>(u"limits.maxConnections"_s, 1, Unlimited,
                  u"TCP connections in all; further ones are closed at once."_s,
                  DIALOGUE_MEMBER(limits.maxConnections)),
        number<C>(
            u"limits.maxConnectionsPerIp"_s, 1, Unlimited,
            u"TCP connections from one address; of IPv6 the first 64 bits count as one, here and below."_s,
            DIALOGUE_MEMBER(limits.maxConnectionsPerIp)),
        number<C>(
            u"limits.waitingConnections"_s, 1, Unlimited,
            u"TCP connections that serve nothing: without a complete request, idle, or closing. A newcomer "
            "beyond that takes the place of the one that has waited longest, if that was more than a second; "
            "else it is closed at once."_s,
            DIALOGUE_MEMBER(limits.waitingConnections)),
        number<C>(u"limits.waitingConnectionsPerIp"_s, 1, Unlimited, u"The same from one address."_s,
                  DIALOGUE_MEMBER(limits.waitingConnectionsPerIp)),
        number<C>(
            u"limits.maxSessions"_s, 1, Unlimited,
            u"Sessions in all, over polling and WebSocket; further ones are answered 503. A polling session "
            "needs no connection to be there."_s,
            DIALOGUE_MEMBER(limits.maxSessions)),
        number<C>(u"limits.maxSessionsPerIp"_s, 1, Unlimited, u"Sessions of one address."_s,
                  DIALOGUE_MEMBER(limits.maxSessionsPerIp)),
        number<C>(
            u"limits.sessionsWithoutConnect"_s, 1, Unlimited,
            u"Sessions that have joined no namespace. A newcomer beyond that takes the place of the one that "
            "has waited longest, if that was more than a second; else it is answered 503. While more than "
            "half "
            "are there, engine.connectTimeout is five seconds."_s,
            DIALOGUE_MEMBER(limits.sessionsWithoutConnect)),
        number<C>(u"limits.sessionsWithoutConnectPerIp"_s, 1, Unlimited, u"The same of one address."_s,
                  DIALOGUE_MEMBER(limits.sessionsWithoutConnectPerIp)),
        size<C>(u"limits.maxHeaderSize"_s, KiB, MiB, u"The largest head of an HTTP request."_s,
                DIALOGUE_MEMBER(limits.maxHeaderSize)),
        size<C>(u"limits.maxBodySize"_s, 1, GiB,
                u"The largest body of a request to an HTTP route of your own."_s,
                DIALOGUE_MEMBER(limits.maxBodySize)),
        duration<C>(
            u"limits.headerTimeout"_s, 100ms, 10min,
            u"From accepting a connection to its complete HTTP head; also for one that is kept alive idle, and for one that takes nothing of its answer."_s,
            DIALOGUE_MEMBER(limits.headerTimeout)),
        duration<C>(u"limits.bodyTimeout"_s, 100ms, 10min,
                    u"From the head of a request to its complete body."_s,
                    DIALOGUE_MEMBER(limits.bodyTimeout)),
        duration<C>(u"limits.closeTimeout"_s, 100ms, 10min,
                    u"How long a closing connection may take to receive what is left."_s,
                    DIALOGUE_MEMBER(limits.closeTimeout)),
        size<C>(u"limits.sendQueue"_s, 16 * KiB, GiB,
                u"How much waits for one slow reader; beyond it the slowReader policy of the room applies."_s,
                DIALOGUE_MEMBER(limits.sendQueue)),
        size<C>(
            u"limits.appends"_s, 64 * KiB, 64 * GiB,
            u"How much of what was triggered may wait to be kept; beyond it triggers are refused with UNAVAILABLE. Nothing waits while rooms are kept in memory."_s,
            DIALOGUE_MEMBER(limits.appends)),
        size<C>(
            u"limits.workerMailbox"_s, 64 * KiB, 64 * GiB,
            u"How much of what the rooms have to say waits for one of the workers; beyond it clients are not heard until half of it has gone out."_s,
            DIALOGUE_MEMBER(limits.workerMailbox)),
        number<C>(u"limits.inboundPerClient"_s, 1, 1'000'000,
                  u"Messages of one client that wait to be handled; beyond it its connection is not read."_s,
                  DIALOGUE_MEMBER(limits.inboundPerClient)),
        size<C>(u"limits.inboundBytesPerClient"_s, KiB, 16 * GiB,
                u"The same in bytes; whichever is reached first. A single message may be larger."_s,
                DIALOGUE_MEMBER(limits.inboundBytesPerClient)),
        size<C>(
            u"limits.inboundBytes"_s, KiB, 64 * GiB,
            u"How much of all clients together waits to be handled; beyond it each may have one message waiting, and requests to HTTP routes are answered 503."_s,
            DIALOGUE_MEMBER(limits.inboundBytes)),
        number<C>(u"limits.roomsPerClient"_s, 1, 1'000'000, u"Rooms one client may be in at a time."_s,
                  DIALOGUE_MEMBER(limits.roomsPerClient)),
        duration<C>(
            u"limits.seatTimeout"_s, 100ms, 1min,
            u"When a user joins a full room and has other connections in it, they are pinged; one that is silent for so long gives up its seat. The join waits for that; see docs/protocol.md."_s,
            DIALOGUE_MEMBER(limits.seatTimeout)),
        number<C>(u"limits.subscriptionsPerRoom"_s, 1, 1'000'000,
                  u"Event names one participant may be subscribed to in one room."_s,
                  DIALOGUE_MEMBER(limits.subscriptionsPerRoom)),
        number<C>(
            u"limits.eventNameLength"_s, 1, protocol::MaxNameLength,
            u"Characters of an event name a client may send, and of the id and the name of a room it creates."_s,
            DIALOGUE_MEMBER(limits.eventNameLength)),
        number<C>(u"limits.userIdLength"_s, 1, 4096,
                  u"Characters of the user id a client claims, where no authenticator names it."_s,
                  DIALOGUE_MEMBER(limits.userIdLength)),
        size<C>(u"limits.metaSize"_s, 2, MiB,
                u"The most a client may say of itself in auth besides userId and token, as JSON, where no "
                "authenticator says it."_s,
                DIALOGUE_MEMBER(limits.metaSize)),
        size<C>(
            u"limits.authSize"_s, 2, MiB,
            u"The largest auth a client may send with CONNECT, as JSON, for all its namespaces together; it is kept for as long as the client is connected."_s,
            DIALOGUE_MEMBER(limits.authSize)),
        size<C>(u"limits.eventMetaSize"_s, 2, GiB,
                u"The largest meta of an event a client may send, as JSON."_s,
                DIALOGUE_MEMBER(limits.eventMetaSize)),
        number<C>(u"limits.sanctions"_s, 1, 10'000'000,
                  u"Bans and mutes of users at a time, which the application imposes (Dialogue::ban)."_s,
                  DIALOGUE_MEMBER(limits.sanctions)),
        number<C>(
            u"limits.validationSteps"_s, 100, 100'000'000,
            u"What it may take to check an event's data against its schema: schemas applied, besides four for each byte of the data. Data that needs more is refused with LIMIT_REACHED, and counted in `Dialogue::counters().budgets.tooManySteps`."_s,
            DIALOGUE_MEMBER(limits.validationSteps)),
    };
}

Fields<ServerConfig> otherFields()
{
    using C = ServerConfig;
    return {
        plainField<C>({.key = u"roomCreation.create"_s,
                       .type = FieldType::Who,
                       .doc = u"Who may create rooms from a client."_s,
                       .choices = {u"nobody"_s, u"authenticated"_s, u"anyone"_s}},
                      DIALOGUE_MEMBER(roomCreation.create)),
        number<C>(u"roomCreation.maxPerUser"_s, 1, Unlimited, u"Rooms one user may have created at a time."_s,
                  DIALOGUE_MEMBER(roomCreation.maxPerUser)),
        number<C>(u"roomCreation.maxTotal"_s, 1, Unlimited, u"Rooms in all, declared and created."_s,
                  DIALOGUE_MEMBER(roomCreation.maxTotal)),
        number<C>(
            u"roomCreation.maxSize"_s, 1, Unlimited,
            u"The most participants a created room may ask for; what it gets when it asks for nothing."_s,
            DIALOGUE_MEMBER(roomCreation.maxSize)),
        choice<C, RoomLifetime>(
            u"roomCreation.lifetime"_s,
            {{u"creator"_s, RoomLifetime::Creator},
             {u"empty"_s, RoomLifetime::Empty},
             {u"forever"_s, RoomLifetime::Forever}},
            u"When a room that a client created is deleted: when no connection of its creator is left, when nobody is in it, or never."_s,
            DIALOGUE_MEMBER(roomCreation.lifetime)),
        duration<C>(u"roomCreation.grace"_s, 100ms, 720h,
                    u"For how long its creator must be gone, or nobody in it, before it is deleted."_s,
                    DIALOGUE_MEMBER(roomCreation.grace)),
        checked(
            textList<C>(
                u"cors.origins"_s,
                u"Origins whose pages may use the server, such as \"https://app.example.org\", or \"*\"; the "
                "server's own always may. In a name and as the port \"*\" stands for a part: "
                "\"https://*.example.org\", \"http://localhost:*\". Pages without a host have \"null\" or "
                "\"file://\"."_s,
                DIALOGUE_MEMBER(cors.origins), u"^(\\*|null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s]*)$"_s,
                u"an origin such as \"https://app.example.org\", without a path, or \"*\""_s),
            OriginPattern::problem),
        flag<C>(
            u"cors.credentials"_s,
            u"Whether such pages may send cookies along with their requests, \"*\" apart, for which they never may. With a WebSocket browsers send them in any case."_s,
            DIALOGUE_MEMBER(cors.credentials)),
        number<C>(u"history.requestsPerMinute"_s, 1, Unlimited,
                  u"How often a user may ask for history, counted as in rateLimit."_s,
                  DIALOGUE_MEMBER(history.requestsPerMinute)),
        number<C>(u"history.maxPage"_s, 1, 100'000, u"Events in one answer."_s,
                  DIALOGUE_MEMBER(history.maxPage)),
        number<C>(
            u"history.recoveryEvents"_s, 0, 10'000'000,
            u"Events a room keeps for clients that come back, besides the history of each event; 0: none."_s,
            DIALOGUE_MEMBER(history.recoveryEvents)),
        size<C>(u"history.recoveryBytes"_s, 0, 64 * GiB, u"The same in bytes; whichever is reached first."_s,
                DIALOGUE_MEMBER(history.recoveryBytes)),
        number<C>(
            u"history.triggerIdsPerUser"_s, 0, 1'000'000,
            u"Ids of triggers remembered of one user: sent again under such an id, one is applied once; 0: none."_s,
            DIALOGUE_MEMBER(history.triggerIdsPerUser)),
        number<C>(u"history.triggerIds"_s, 0, 100'000'000,
                  u"The same of all users together, of which memory.triggerIds bounds the bytes; 0: none."_s,
                  DIALOGUE_MEMBER(history.triggerIds)),
    };
}

Fields<ServerConfig> memoryFields()
{
    using C = ServerConfig;
    return {
        size<C>(
            u"memory.total"_s, MiB, 1024 * GiB,
            u"What is kept for rooms and users in all. When it is used up, the rooms that keep most give up their oldest events; what nobody can give up is refused."_s,
            DIALOGUE_MEMBER(memory.total)),
        size<C>(
            u"memory.perRoom"_s, 64 * KiB, 1024 * GiB,
            u"Events one room keeps, for history and for who comes back; when it is used up, its oldest go."_s,
            DIALOGUE_MEMBER(memory.perRoom)),
        size<C>(
            u"memory.perUser"_s, 16 * KiB, 64 * GiB,
            u"What is kept for one user: what its connections say of themselves, its subscriptions, the rooms it created. Where nobody vouches for users, for one user at one address."_s,
            DIALOGUE_MEMBER(memory.perUser)),
        size<C>(
            u"memory.triggerIds"_s, KiB, 64 * GiB,
            u"Ids of triggers of all users, about 250 bytes each; when it is used up, who has most loses the oldest."_s,
            DIALOGUE_MEMBER(memory.triggerIds)),
    };
}

Fields<ServerConfig> listRoomsFields()
{
    using C = ServerConfig;
    return {
        number<C>(u"listRooms.page"_s, 1, 100'000,
                  u"Rooms in one answer, where a client does not say how many."_s,
                  DIALOGUE_MEMBER(listRooms.page)),
        number<C>(
            u"listRooms.maxPage"_s, 1, 100'000,
            u"Rooms in one answer at most; fewer where they have more bytes than a quarter of limits.sendQueue."_s,
            DIALOGUE_MEMBER(listRooms.maxPage)),
    };
}

Fields<ServerConfig> recoveryFields()
{
    using C = ServerConfig;
    return {
        flag<C>(
            u"recovery.connectionState"_s,
            u"Clients of Socket.IO 4.6 and newer that lose their connection and come back are in their rooms again, with what they missed, and `socket.recovered` is true. Each event has an argument more then, a text."_s,
            DIALOGUE_MEMBER(recovery.connectionState)),
        duration<C>(u"recovery.maxDisconnection"_s, 1s, 24h,
                    u"For how long somebody may be away; who comes later is a new client."_s,
                    DIALOGUE_MEMBER(recovery.maxDisconnection)),
        size<C>(
            u"recovery.bytes"_s, KiB, 64 * GiB,
            u"What is kept of all who are away, but for the events; beyond that who has been for longest is forgotten first."_s,
            DIALOGUE_MEMBER(recovery.bytes)),
    };
}

Fields<ServerConfig> presenceFields()
{
    using C = ServerConfig;
    return {
        duration<C>(u"presence.window"_s, 0ms, 1min,
                    u"In larger rooms what has changed in that time is told together; who comes and goes "
                    "within it is not told at all."_s,
                    DIALOGUE_MEMBER(presence.window)),
        number<C>(u"presence.atOnce"_s, 0, Unlimited,
                  u"With so many connections at most a room tells each change at once."_s,
                  DIALOGUE_MEMBER(presence.atOnce)),
        size<C>(u"presence.noticeSize"_s, KiB, MiB,
                u"How much of what has changed is told at a time; the rest waits for the next window."_s,
                DIALOGUE_MEMBER(presence.noticeSize)),
        number<C>(u"presence.page"_s, 1, 100'000,
                  u"Users in one answer at most; fewer where they have more bytes than a quarter of "
                  "limits.sendQueue."_s,
                  DIALOGUE_MEMBER(presence.page)),
    };
}

Fields<ServerConfig> hooksFields()
{
    using C = ServerConfig;
    return {
        duration<C>(u"hooks.timeout"_s, 10ms, 10min,
                    u"How long a hook that answers later may take; then the client is told UNAVAILABLE."_s,
                    DIALOGUE_MEMBER(hooks.timeout)),
        number<C>(
            u"hooks.maxPending"_s, 1, Unlimited,
            u"Answers of hooks that are waited for at a time; beyond it nobody is asked, and the client "
            "is told UNAVAILABLE."_s,
            DIALOGUE_MEMBER(hooks.maxPending)),
        duration<C>(u"drain.timeout"_s, 0ms, 10min,
                    u"How long a server that stops waits for hooks and handlers it has asked already; then "
                    "their clients are told SERVER_DRAINING."_s,
                    DIALOGUE_MEMBER(drain.timeout)),
    };
}

QList<std::pair<QString, Durability>> durabilities()
{
    return {{u"none"_s, Durability::None},
            {u"async"_s, Durability::Async},
            {u"commit"_s, Durability::Commit},
            {u"sync"_s, Durability::Sync}};
}

template <class Owner, class Access>
Fields<Owner> retentionFields(const QString &key, Access retention)
{
    return {number<Owner>(
                key + u".maxEvents"_s, 1, Unlimited,
                u"Stored events of a room, of all its events together; the oldest go first, but for "
                "what the histories and history.recoveryEvents promise. Left out: those alone stay."_s,
                [retention](auto &owner) -> auto & { return retention(owner).maxEvents; }),
            duration<Owner>(
                key + u".maxAge"_s, 1s, 24h * 36500,
                u"How old a stored event may become; it is gone some time after that. Left out: any "
                "age."_s,
                [retention](auto &owner) -> auto & { return retention(owner).maxAge; })};
}

Fields<ServerConfig> persistenceFields()
{
    using C = ServerConfig;
    return Fields<C>{choice<C, StoreAdapter>(
                         u"persistence.adapter"_s,
                         {{u"none"_s, StoreAdapter::None},
                          {u"sqlite"_s, StoreAdapter::Sqlite},
                          {u"postgres"_s, StoreAdapter::Postgres}},
                         u"Where events are kept besides memory: \"none\" nowhere, \"sqlite\" in a file, "
                         u"\"postgres\" in a database of PostgreSQL."_s,
                         DIALOGUE_MEMBER(persistence.adapter)),
                     text<C>(u"persistence.url"_s,
                             u"The database of \"postgres\", as libpq takes it: "
                             "postgresql://user@host/name; a password is better off in its passfile."_s,
                             DIALOGUE_MEMBER(persistence.url)),
                     text<C>(u"persistence.path"_s,
                             u"The file of \"sqlite\", made where there is none; its folder must be there, "
                             u"and on a disk of "
                             "this machine. A relative path begins at the configuration's folder."_s,
                             DIALOGUE_MEMBER(persistence.path), u"."_s, u"the name of a file"_s),
                     text<C>(u"persistence.sanctions"_s,
                             u"The file in which bans and mutes outlive the server, as JSON. Left out: "
                             "with \"sqlite\" it is called as persistence.path with -sanctions.json "
                             "behind it, else they are in memory alone. A relative path begins at the "
                             "configuration's folder."_s,
                             DIALOGUE_MEMBER(persistence.sanctions)),
                     choice<C, Durability>(u"persistence.durability"_s, durabilities(),
                                           u"When an event is acknowledged and goes out: \"none\" and "
                                           u"\"async\" at once, and the one is in "
                                           "memory alone, the other stored a moment later; \"commit\" once "
                                           "it is stored, so that it outlives "
                                           "the server, and a loss of power but for its last second; "
                                           "\"sync\" once it is on the disk. For "
                                           "rooms that say nothing else."_s,
                                           DIALOGUE_MEMBER(persistence.durability)),
                     choice<C, OnCorruption>(
                         u"persistence.onCorruption"_s,
                         {{u"startEmpty"_s, OnCorruption::StartEmpty}, {u"stop"_s, OnCorruption::Stop}},
                         u"Where the store is damaged: \"startEmpty\" sets it aside and begins another, "
                         u"\"stop\" does not "
                         "start."_s,
                         DIALOGUE_MEMBER(persistence.onCorruption)),
                     size<C>(u"persistence.queue"_s, 64 * KiB, 64 * GiB,
                             u"Events of \"async\" rooms that wait to be stored; beyond it triggers are told "
                             u"UNAVAILABLE. "
                             "Those of \"commit\" and \"sync\" are bounded by limits.appends."_s,
                             DIALOGUE_MEMBER(persistence.queue))}
    + retentionFields<C>(u"persistence.retention"_s, DIALOGUE_MEMBER(persistence.retention));
}

Fields<ServerConfig> serverRequestsFields()
{
    using C = ServerConfig;
    return {
        duration<C>(u"serverRequests.timeout"_s, 10ms, 10min,
                    u"How long a client has for its answer, where the application does not say."_s,
                    DIALOGUE_MEMBER(serverRequests.timeout)),
        number<C>(
            u"serverRequests.maxPending"_s, 1, Unlimited,
            u"Answers of clients that are waited for at a time; a request to a room counts for each of its "
            "participants. Beyond it nobody is asked, and the application is told LIMIT_REACHED."_s,
            DIALOGUE_MEMBER(serverRequests.maxPending)),
        number<C>(u"serverRequests.maxPendingPerClient"_s, 1, Unlimited,
                  u"The same of one client; it is not asked beyond it."_s,
                  DIALOGUE_MEMBER(serverRequests.maxPendingPerClient)),
        size<C>(u"serverRequests.answerBytes"_s, 64 * KiB, 64 * GiB,
                u"Answers to requests to rooms that are kept until the last participant has answered, of all "
                "such requests together; what goes beyond it is dropped, and the application is told so."_s,
                DIALOGUE_MEMBER(serverRequests.answerBytes)),
    };
}

Fields<ServerConfig> rateLimitFields()
{
    using C = ServerConfig;
    return {
        rate<C>(u"rateLimit.global"_s, u"Events a user may trigger, in all rooms together."_s,
                DIALOGUE_MEMBER(rateLimit.global)),
        rates<C>(
            u"rateLimit.perRoom"_s,
            u"The same in single rooms, by their id, besides; of rooms that clients create only those named here. A room may have `events`, rates of single events by name, which count besides, and `roles`, rates that stand in its place for who has that role (of several the one that lets most through): {chat: {maxEvents: 10, window: 1s, events: {bid: {maxEvents: 1, window: 1s}}, roles: {editor: {maxEvents: 100, window: 1s}}}}."_s,
            DIALOGUE_MEMBER(rateLimit.perRoom)),
        number<C>(
            u"rateLimit.refusals"_s, 1, 1'000'000,
            u"Refusals in a row, without waiting for the end of them, after which no more than a request in a second is read of a client until it may again."_s,
            DIALOGUE_MEMBER(rateLimit.refusals)),
        duration<C>(u"rateLimit.patience"_s, 0ms, 24h,
                    u"Who goes on like that for so long is disconnected."_s,
                    DIALOGUE_MEMBER(rateLimit.patience)),
        number<C>(u"rateLimit.refusedConnects"_s, 1, 1'000'000,
                  u"CONNECTs of one session that may be refused, for whatever reason; then it is closed."_s,
                  DIALOGUE_MEMBER(rateLimit.refusedConnects)),
        number<C>(
            u"rateLimit.maxKeys"_s, 1, 100'000'000,
            u"Users and addresses that are remembered though nobody is connected as them any more, until their windows have run out; beyond that the longest quiet go first."_s,
            DIALOGUE_MEMBER(rateLimit.maxKeys)),
        rate<C>(u"rateLimit.requests.connect"_s, u"CONNECT, by address in any case."_s,
                DIALOGUE_MEMBER(rateLimit.requests.connect)),
        rate<C>(u"rateLimit.requests.join"_s, u"dialogue:join."_s, DIALOGUE_MEMBER(rateLimit.requests.join)),
        rate<C>(u"rateLimit.requests.leave"_s, u"dialogue:leave."_s,
                DIALOGUE_MEMBER(rateLimit.requests.leave)),
        rate<C>(u"rateLimit.requests.subscribe"_s,
                u"dialogue:subscribe, dialogue:subscribeAll and dialogue:unsubscribe together."_s,
                DIALOGUE_MEMBER(rateLimit.requests.subscribe)),
        rate<C>(u"rateLimit.requests.listRooms"_s, u"dialogue:listRooms."_s,
                DIALOGUE_MEMBER(rateLimit.requests.listRooms)),
        rate<C>(u"rateLimit.requests.participants"_s, u"dialogue:participants, each page of it."_s,
                DIALOGUE_MEMBER(rateLimit.requests.participants)),
        rate<C>(u"rateLimit.requests.createRoom"_s, u"dialogue:createRoom, which everyone hears of."_s,
                DIALOGUE_MEMBER(rateLimit.requests.createRoom)),
        rate<C>(u"rateLimit.requests.deleteRoom"_s, u"dialogue:deleteRoom, which everyone hears of."_s,
                DIALOGUE_MEMBER(rateLimit.requests.deleteRoom)),
        rate<C>(u"rateLimit.requests.refresh"_s, u"dialogue:refresh."_s,
                DIALOGUE_MEMBER(rateLimit.requests.refresh)),
        rate<C>(u"rateLimit.requests.custom"_s,
                u"Requests of the application's own (Dialogue::onRequest), together."_s,
                DIALOGUE_MEMBER(rateLimit.requests.custom)),
        rate<C>(
            u"rateLimit.requests.failed"_s,
            u"Requests of any kind, triggers too, that were answered with an error; unknown and malformed ones among them."_s,
            DIALOGUE_MEMBER(rateLimit.requests.failed)),
    };
}

} // namespace

Fields<ServerConfig> serverFields()
{
    return topFields() + healthFields() + metricsFields() + apiFields() + adminFields() + channelFields()
        + engineFields() + limitFields() + tlsFields() + authFields() + certificateFields() + otherFields()
        + memoryFields() + persistenceFields() + listRoomsFields() + presenceFields() + recoveryFields()
        + rateLimitFields() + hooksFields() + serverRequestsFields();
}

Fields<RoomConfig> roomFields()
{
    using R = RoomConfig;
    Fields<R> fields = {
        text<R>(u"name"_s, u"What people see; the id when left out."_s, DIALOGUE_MEMBER(name), u"."_s,
                u"at least one character"_s),
        text<R>(u"description"_s, u"What the room is for."_s, DIALOGUE_MEMBER(description)),
        text<R>(
            u"createdById"_s,
            u"The user id of the room's owner, who is shown in the list and may delete the room. Left out: "
            "it is the server's, and no client deletes it."_s,
            DIALOGUE_MEMBER(createdById), u"."_s, u"a user id"_s),
        number<R>(u"maxSize"_s, 1, Unlimited, u"Participants at most; left out: no bound."_s,
                  DIALOGUE_MEMBER(maxSize)),
        textList<R>(u"defaultSubscriptions"_s,
                    u"Events every participant is subscribed to on joining; \"*\" for all of them."_s,
                    DIALOGUE_MEMBER(defaultSubscriptions), u"."_s,
                    u"the name of an event of this room, or \"*\""_s),
        textList<R>(
            u"channels"_s,
            u"By which its events may be read, \"websocket\" (Socket.IO, on whatever transport) and \"sse\"; left out: by all that the server has."_s,
            DIALOGUE_MEMBER(channels), u"^(websocket|sse)$"_s, u"\"websocket\" or \"sse\""_s),
        choice<R, SlowReaderPolicy>(u"slowReader.policy"_s,
                                    {{u"disconnect"_s, SlowReaderPolicy::Disconnect},
                                     {u"dropOldest"_s, SlowReaderPolicy::DropOldest},
                                     {u"keepLatest"_s, SlowReaderPolicy::KeepLatest}},
                                    u"What happens to a participant whose send queue is full."_s,
                                    DIALOGUE_MEMBER(slowReader)),
        choice<R, Presence>(
            u"presence"_s,
            {{u"off"_s, Presence::Off}, {u"counts"_s, Presence::Counts}, {u"users"_s, Presence::Users}},
            u"What participants may know of who is in the room: nothing, how many, or who."_s,
            DIALOGUE_MEMBER(presence)),
        text<R>(u"slowReader.key"_s,
                u"With keepLatest: the member of data that tells which events replace one another; left out: "
                u"the event "
                "name."_s,
                DIALOGUE_MEMBER(latestKey)),
    };
    fields.insert(
        5,
        plainField<R>(
            {.key = u"syncHistoryOnJoin"_s,
             .type = FieldType::HistorySync,
             .doc = u"Past events a participant gets on joining: true or \"all\", false, or how many."_s,
             .least = 0,
             .most = 100'000},
            DIALOGUE_MEMBER(syncHistoryOnJoin)));
    fields.append(choice<R, Durability>(
        u"persistence.durability"_s, durabilities(),
        u"When an event of the room is acknowledged and goes out, as persistence.durability of the server; "
        "left out: as that says."_s,
        DIALOGUE_MEMBER(persistence.durability)));
    fields += retentionFields<R>(u"persistence"_s, DIALOGUE_MEMBER(persistence.retention));
    return fields + ruleFields();
}

Fields<RoomConfig> templateFields()
{
    Fields<RoomConfig> fields = roomFields();
    fields.removeIf(
        [](const auto &field) { return field.key == "name"_L1 || field.key == "createdById"_L1; });
    return fields;
}

Fields<EventDefinition> eventFields()
{
    using E = EventDefinition;
    return {
        text<E>(u"description"_s, u"What the event says."_s, DIALOGUE_MEMBER(description)),
        flag<E>(u"history.enabled"_s, u"Keep past events in memory; stating a limit turns it on."_s,
                DIALOGUE_MEMBER(history.enabled)),
        number<E>(u"history.limit"_s, 1, 1'000'000, u"How many; the oldest go first."_s,
                  DIALOGUE_MEMBER(history.limit)),
        choice<E, SchemaChange>(
            u"schemaChange"_s, {{u"refuse"_s, SchemaChange::Refuse}, {u"accept"_s, SchemaChange::Accept}},
            u"What becomes of stored events that do not fit the schema once it has changed: the server does "
            "not start and says which, or they stay as they are."_s,
            DIALOGUE_MEMBER(schemaChange)),
        flag<E>(
            u"ephemeral"_s,
            u"For the moment only, such as \"is typing\": no offset, no history, nothing to recover. Who was away or too slow misses it without a word."_s,
            DIALOGUE_MEMBER(ephemeral)),
        choice<E, UnknownMembers>(
            u"unknown"_s,
            {{u"pass"_s, UnknownMembers::Pass},
             {u"strip"_s, UnknownMembers::Strip},
             {u"refuse"_s, UnknownMembers::Refuse}},
            u"What becomes of members of the data that the schema does not speak of: they stay, are taken out, or are an error."_s,
            DIALOGUE_MEMBER(admission.unknown)),
        flag<E>(u"defaults"_s, u"Members that are missing get the `default` of their schema."_s,
                DIALOGUE_MEMBER(admission.defaults)),
        flag<E>(u"formats"_s, u"Whether a `format` of the schema is a rule; else it is a note to people."_s,
                DIALOGUE_MEMBER(admission.formats)),
    };
}

QList<Section> sections()
{
    return {
        {{}, u"The server as a whole."_s},
        {u"health"_s,
         u"What is told to who probes and looks after the server, see docs/operations.md: /health, /ready and /version."_s},
        {u"metrics"_s, u"What the server counts, told to who looks after it, see docs/operations.md."_s},
        {u"api"_s, u"What programs may do by plain HTTP requests, see docs/http-api.md."_s},
        {u"admin"_s,
         u"Who may look into the running server and steer it, over the namespace /admin, see docs/admin.md."_s},
        {u"channels"_s, u"Ways in which events leave the server, besides Socket.IO."_s},
        {u"channels.sse"_s,
         u"Server-sent events, for who only reads and speaks no Socket.IO, see docs/sse.md."_s},
        {u"engine"_s, u"Engine.IO and Socket.IO: what every client is told, and held to."_s},
        {u"engine.perMessageDeflate"_s, u"Compression of what goes over WebSockets."_s},
        {u"limits"_s,
         u"Limits against strangers and against ourselves. There is no value for \"no limit\"."_s},
        {u"roomCreation"_s, u"Rooms that clients create while the server runs."_s},
        {u"tls"_s,
         u"TLS on the address that is listened on, which is then https:// and wss://. Files are relative to this one."_s},
        {u"auth"_s,
         u"Who clients are. Where nothing here says so, and no code of the application's, everybody is whoever he says he is."_s},
        {u"auth.apiKeys"_s,
         u"Keys for programs, which a client sends as a token is sent. With a file nobody comes in without a credential."_s},
        {u"auth.certificates"_s,
         u"Certificates that clients show, where tls.clientCa has signed them, say who they are."_s},
        {u"auth.jwt"_s,
         u"Tokens (JWT), which a client sends as auth.token of CONNECT or as Authorization: Bearer. With `keys` or `jwks` nobody comes in without one."_s},
        {u"auth.jwt.jwks"_s, u"Keys in a JWK Set, besides `keys`."_s},
        {u"cors"_s,
         u"Pages of other origins: the list guards polling, WebSocket and HTTP routes alike. `cors: true` "
         u"lets "
         "in any page, `cors: false` none but the server's own."_s,
         true},
        {u"history"_s,
         u"Past events: how they may be asked for, and what is kept for clients that come back."_s},
        {u"recovery"_s,
         u"Connection state recovery, for clients that speak Socket.IO and nothing of ours."_s},
        {u"memory"_s,
         u"What the server keeps, in bytes, with all that it takes to keep it. What waits for slow readers is bounded by limits.sendQueue."_s},
        {u"persistence"_s, u"What outlives the server."_s},
        {u"persistence.retention"_s, u"How long stored events stay, in rooms that say nothing else."_s},
        {u"listRooms"_s, u"The list of rooms, which clients get page by page."_s},
        {u"presence"_s, u"Who is in a room, where it tells that."_s},
        {u"hooks"_s, u"Hooks, and requests of the application's own, that answer later."_s},
        {u"drain"_s, u"How the server ends."_s},
        {u"serverRequests"_s,
         u"What the application asks of clients, which answer with an acknowledgement."_s},
        {u"rateLimit"_s,
         u"How often clients may trigger events and ask: per user where an authenticator vouches for it, "
         u"else "
         "per address (IPv6: per network of 64 bits), in a sliding window, over reconnects and several "
         "connections. Beyond it they are answered RATE_LIMITED, with the time until they may again."_s},
        {u"rateLimit.requests"_s, u"The same for what is not an event."_s},
    };
}

QString roomsDoc() { return u"The rooms, by id. A list of rooms that each have an `id` does as well."_s; }

QString templatesDoc()
{
    return u"What rooms that clients create carry, by patterns of their ids, in which \"*\" stands for any characters, such as {\"game-*\": {events: [move], rules: {delete: owner}}}: of the first that fits all that rooms have below `rooms`, but `name` and `createdById`. It holds for those of a store as well. Where none fits, a room carries any event, and has no rules."_s;
}

QString eventsDoc()
{
    return u"The events the room carries: names, or maps of what stands below. Left out, or with "
           u"\"*\": any event, "
           "unchecked. An empty list is refused, as it could mean any or none."_s;
}

QString metaDoc()
{
    return u"What clients may say in `meta` beside the data of the event: \"pass\", anything, which is the default; \"refuse\", nothing; or a schema, as above."_s;
}

QString schemaDoc()
{
    return u"What the data of the event must look like: a JSON Schema (draft 2020-12, or 7 where "
           u"`$schema` says so), or the name of a .json or .yaml file that "
           "holds one, relative to this file. Its numbers count with all the digits that are written. "
           "Schemas "
           "may refer to one another by `$id`, and to files by their names, and to the drafts' own by their "
           "URIs; nothing "
           "is fetched."_s;
}

} // namespace dialogue::config
