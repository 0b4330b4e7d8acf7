#include "client/connectionfailure.h"

namespace dialogue {

namespace {

ConnectionFailure::Kind kindOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Timeout:
        return ConnectionFailure::Kind::TimedOut;
    case ErrorCode::ProtocolViolation:
    case ErrorCode::ParseError:
    case ErrorCode::InvalidRequest:
        return ConnectionFailure::Kind::Protocol;
    case ErrorCode::ConfigError:
        return ConnectionFailure::Kind::Config;
    default:
        return ConnectionFailure::Kind::Lost;
    }
}

} // namespace

ConnectionFailure::ConnectionFailure(Error what)
    : kind(kindOf(what.code))
    , error(std::move(what))
{ }

ConnectionFailure::ConnectionFailure(Kind which, const QString &message)
    : kind(which)
    , error{.code = ErrorCode::ConnectionLost, .message = message}
{ }

} // namespace dialogue
