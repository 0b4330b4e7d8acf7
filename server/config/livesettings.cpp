#include "server/config/livesettings.h"

#include "server/config/fields.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

/** What is read each time that it counts: in the thread of the rooms, of the fields of a configuration. A
 * dot at the end stands for all below. */
constexpr std::array LiveKeys{"logLevel"_L1,
                              "rooms."_L1,
                              "middleware"_L1,
                              "rateLimit."_L1,
                              "api.failedKeys"_L1,
                              "api.rateLimit"_L1,
                              "roomCreation.create"_L1,
                              "roomCreation.maxPerUser"_L1,
                              "roomCreation.maxTotal"_L1,
                              "roomCreation.maxSize"_L1,
                              "roomCreation.templates"_L1,
                              "history.requestsPerMinute"_L1,
                              "history.maxPage"_L1,
                              "listRooms."_L1,
                              "limits.roomsPerClient"_L1,
                              "limits.subscriptionsPerRoom"_L1,
                              "limits.eventNameLength"_L1,
                              "limits.eventMetaSize"_L1,
                              "limits.seatTimeout"_L1};
/** Where there were tokens, and there are. */
constexpr std::array TokenKeys{
    "auth.jwt.keys"_L1,      "auth.jwt.jwks."_L1,      "auth.jwt.issuer"_L1,     "auth.jwt.audience"_L1,
    "auth.jwt.userClaim"_L1, "auth.jwt.rolesClaim"_L1, "auth.jwt.metaClaims"_L1, "auth.jwt.requireExpiry"_L1,
    "auth.jwt.leeway"_L1,    "auth.jwt.maxPending"_L1};
/** Where there was TLS, and there is. */
constexpr std::array TlsKeys{"tls.certificate"_L1, "tls.key"_L1,        "tls.certificates"_L1,
                             "tls.clientCa"_L1,    "tls.minVersion"_L1, "tls.clientCertificates"_L1};
/** Where there was an admin console, and there is. */
constexpr std::array AdminKeys{"admin.accounts"_L1,  "admin.redact"_L1,      "admin.from"_L1,
                               "admin.plain"_L1,     "admin.maxConsoles"_L1, "admin.maxWatches"_L1,
                               "admin.maxTargets"_L1};
/** Of what workers took with them when they began. */
constexpr std::array FixedKeys{"rateLimit.refusedConnects"_L1};

template <std::size_t N>
bool isAmong(const QString &key, const std::array<QLatin1StringView, N> &keys)
{
    return std::ranges::any_of(keys, [&key](QLatin1StringView each) {
        return each.endsWith(u'.') ? key.startsWith(each) : key == each;
    });
}

/** A file says nothing of the hook, which stays. */
bool hasAdmin(const ServerConfig &before, const ServerConfig &now)
{
    return before.admin.isSet() && (now.admin.isSet() || before.admin.hasHook);
}

bool isLive(const QString &key, const ServerConfig &before, const ServerConfig &now)
{
    if (isAmong(key, FixedKeys))
        return false;
    return isAmong(key, LiveKeys)
        || (before.auth.jwt.isSet() && now.auth.jwt.isSet() && isAmong(key, TokenKeys))
        || (before.tls.isSet() && now.tls.isSet() && isAmong(key, TlsKeys))
        || (hasAdmin(before, now) && isAmong(key, AdminKeys));
}

} // namespace

QStringList waitingForRestart(const QStringList &keys, const ServerConfig &before, const ServerConfig &now)
{
    QStringList waiting = keys;
    waiting.removeIf([&](const QString &key) { return isLive(key, before, now); });
    return waiting;
}

void takeOver(const ServerConfig &now, ServerConfig &running)
{
    const bool hasTokens = running.auth.jwt.isSet() && now.auth.jwt.isSet();
    const bool hasTls = running.tls.isSet() && now.tls.isSet();
    const ServerConfig before = running;
    const config::Fields<ServerConfig> fields = config::serverFields();
    for (const config::Field<ServerConfig> &field : fields) {
        const config::FieldValue value = field.get(now);
        if (isLive(field.key, before, now) && !std::holds_alternative<std::monostate>(value))
            field.set(running, value);
    }
    running.rooms = now.rooms;
    running.middleware = now.middleware;
    running.roomCreation.templates = now.roomCreation.templates;
    if (hasTokens)
        running.auth.jwt.keys = now.auth.jwt.keys;
    if (hasTls)
        running.tls.others = now.tls.others;
    if (hasAdmin(before, now)) {
        running.admin.accounts = now.admin.accounts;
        running.admin.redact = now.admin.redact;
    }
}

} // namespace dialogue
