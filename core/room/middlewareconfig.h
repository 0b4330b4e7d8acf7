#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/room/ratelimit.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <variant>

namespace dialogue {

/** A line in the log for each event: category dialogue.events, at info. So many lines a second at most. */
struct EventLogger
{
    int linesPerSecond = 100; ///< How many it left out then stands in the next one.

    friend bool operator==(const EventLogger &, const EventLogger &) = default;
};

/** What becomes of an event that says what is not to be said. */
enum class FilterAction {
    Block, ///< EventBlocked, with the place.
    Mask, ///< A star stands for each character of it.
};

/** Looks for words and patterns in what an event says. */
struct ContentFilter
{
    /** Words, or several in a row, whole: upper or lower case, and what lies between them, make no
     * difference. */
    QStringList blocklist = {};
    /** Regular expressions of ECMA-262 (flag u), which may match anywhere, as they are written. */
    QStringList patterns = {};
    /** Where in the data, as JSON pointers (RFC 6901), with all that is below; empty: everywhere. */
    QStringList fields = {};
    FilterAction action = FilterAction::Block;
    /** Characters that are looked at of one event; who says more there is refused with LimitReached. */
    int maxLength = 65536;

    friend bool operator==(const ContentFilter &, const ContentFilter &) = default;
};

/** Who may trigger: whoever has one of these roles, for which an authenticator vouches; the application. */
struct RequireRole
{
    QStringList roles;

    friend bool operator==(const RequireRole &, const RequireRole &) = default;
};

/** What becomes of an event where a webhook does not say. */
enum class WebhookFailure {
    Block, ///< Unavailable: the client may try again.
    Pass,
};

/** Asks an HTTP server about each event of a client; see docs/middleware.md. */
struct Webhook
{
    QString url; ///< https://, or http://
    QString secretFile; ///< Of the bytes that sign what is sent, of which a line's end at the end is none.
    QString ca = {}; ///< A file (PEM) of who signs the certificate of url; empty: whom the system trusts.
    std::chrono::milliseconds timeout{3000}; ///< For the answer, with all that is tried again.
    int retries = 2; ///< After failures, not after answers.
    WebhookFailure onError = WebhookFailure::Block;
    int maxPending = 1000; ///< Events that are being asked about; beyond it, as onError says.
    qint64 pendingBytes = 16 * 1024 * 1024; ///< The same of what is sent of them.
    qint64 answerSize = 1000 * 1000; ///< Bytes of one answer; a longer one is a failure.

    friend bool operator==(const Webhook &, const Webhook &) = default;
};

/** One of the steps that are built in, for ServerConfig::middleware, RoomConfig::middleware and
 * Dialogue::use(). A RateLimit counts for each user the events that come by it, in each room for itself where
 * the room has it. */
using MiddlewareConfig = std::variant<EventLogger, ContentFilter, RequireRole, RateLimit, Webhook>;

/** What it is called in a configuration: "contentFilter". */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString middlewareName(const MiddlewareConfig &middleware);

/** ConfigError, with the place in it: "patterns[1]". */
[[nodiscard]] DIALOGUE_CORE_EXPORT Result<void> checkMiddleware(const MiddlewareConfig &middleware);
/** The same of a list: "[2].contentFilter.patterns[1]", as in a configuration. */
[[nodiscard]] DIALOGUE_CORE_EXPORT Result<void> checkMiddleware(const QList<MiddlewareConfig> &middleware);

/** The same steps by name, where that reads better: `server.use(u"chat"_s, middleware::logger())`. */
namespace middleware {
[[nodiscard]] inline MiddlewareConfig logger() { return EventLogger(); }
[[nodiscard]] inline MiddlewareConfig contentFilter(ContentFilter filter) { return filter; }
[[nodiscard]] inline MiddlewareConfig requireRole(const QString &role) { return RequireRole{{role}}; }
[[nodiscard]] inline MiddlewareConfig rateLimit(const RateLimit &limit) { return limit; }
[[nodiscard]] inline MiddlewareConfig webhook(Webhook webhook) { return webhook; }
} // namespace middleware

/** middleware::rateLimit() */
[[nodiscard]] inline MiddlewareConfig rateLimitMiddleware(const RateLimit &limit) { return limit; }

} // namespace dialogue
