#include "core/base/error.h"

#include "core/base/foreigntext.h"

#include <QDebug>

#include <array>
#include <utility>

namespace dialogue {

namespace {

constexpr std::array<std::pair<ErrorCode, const char *>, 24> Catalogue{{
    {ErrorCode::RoomNotFound, "ROOM_NOT_FOUND"},
    {ErrorCode::RoomFull, "ROOM_FULL"},
    {ErrorCode::RoomExists, "ROOM_EXISTS"},
    {ErrorCode::JoinDenied, "JOIN_DENIED"},
    {ErrorCode::EventNotAllowed, "EVENT_NOT_ALLOWED"},
    {ErrorCode::ValidationFailed, "VALIDATION_FAILED"},
    {ErrorCode::InvalidRequest, "INVALID_REQUEST"},
    {ErrorCode::PermissionDenied, "PERMISSION_DENIED"},
    {ErrorCode::RateLimited, "RATE_LIMITED"},
    {ErrorCode::NotInRoom, "NOT_IN_ROOM"},
    {ErrorCode::PayloadTooLarge, "PAYLOAD_TOO_LARGE"},
    {ErrorCode::Unauthorized, "UNAUTHORIZED"},
    {ErrorCode::TokenExpired, "TOKEN_EXPIRED"},
    {ErrorCode::LimitReached, "LIMIT_REACHED"},
    {ErrorCode::ServerDraining, "SERVER_DRAINING"},
    {ErrorCode::EventBlocked, "EVENT_BLOCKED"},
    {ErrorCode::NotFound, "NOT_FOUND"},
    {ErrorCode::Unavailable, "UNAVAILABLE"},
    {ErrorCode::ParseError, "PARSE_ERROR"},
    {ErrorCode::ProtocolViolation, "PROTOCOL_VIOLATION"},
    {ErrorCode::ConfigError, "CONFIG_ERROR"},
    {ErrorCode::IoError, "IO_ERROR"},
    {ErrorCode::Timeout, "TIMEOUT"},
    {ErrorCode::ConnectionLost, "CONNECTION_LOST"},
}};

} // namespace

QByteArray codeName(ErrorCode code)
{
    for (const auto &[candidate, name] : Catalogue) {
        if (candidate == code)
            return name;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<ErrorCode> codeFromName(QByteArrayView name)
{
    for (const auto &[code, candidate] : Catalogue) {
        if (name == candidate)
            return code;
    }
    return std::nullopt;
}

QString Error::text() const { return path.isEmpty() ? message : path + QLatin1String(": ") + message; }

qint64 Error::retryAfterMs() const { return retryAfter ? qint64(retryAfter->count()) : -1; }

QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "Error(" << codeName(error.code).constData() << ", " << quoted(error.text());
    if (error.retryAfter)
        debug << ", again after " << error.retryAfterMs() << " ms";
    return debug << ')';
}

} // namespace dialogue
