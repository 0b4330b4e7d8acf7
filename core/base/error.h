#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <optional>

class QDebug;

namespace dialogue {

Q_NAMESPACE_EXPORT(DIALOGUE_CORE_EXPORT)

/** The catalogue of everything that is expected to fail. The name on the wire is codeName(). */
enum class ErrorCode {
    // Answers to a client's request or CONNECT (docs/protocol.md, "Error codes").
    RoomNotFound,
    RoomFull,
    RoomExists,
    JoinDenied,
    EventNotAllowed,
    ValidationFailed,
    InvalidRequest,
    PermissionDenied,
    RateLimited,
    NotInRoom,
    PayloadTooLarge,
    Unauthorized,
    TokenExpired,
    LimitReached,
    ServerDraining,
    EventBlocked,
    NotFound, ///< Over HTTP: what is asked for is not there, and is no room.
    Unavailable, ///< What the server has to ask for it does not answer; later it may.
    // Not meant for the wire.
    ParseError,
    ProtocolViolation,
    ConfigError,
    IoError,
    Timeout, ///< No answer in time; whether it was done, nobody knows.
    ConnectionLost,
};
Q_ENUM_NS(ErrorCode)

/** The stable upper-case name of \a code, as it stands on the wire: "ROOM_NOT_FOUND". */
DIALOGUE_CORE_EXPORT QByteArray codeName(ErrorCode code);

/** The code whose name is \a name, or nothing when the catalogue has none such. */
DIALOGUE_CORE_EXPORT std::optional<ErrorCode> codeFromName(QByteArrayView name);

/** One place at which data breaks a rule of its schema. */
struct DIALOGUE_CORE_EXPORT SchemaFault
{
    Q_GADGET
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(QString pointer MEMBER pointer)
    Q_PROPERTY(QString rule MEMBER rule)
    Q_PROPERTY(QString message MEMBER message)
public:
    QString path = {}; ///< For people: "data.items[3].text"
    QString pointer = {}; ///< The same by RFC 6901: "/items/3/text"; null where it would be too long.
    QString rule = {}; ///< The keyword: "minLength"
    QString message = {}; ///< With what was found: "must have at least 1 character, has 0"

    friend bool operator==(const SchemaFault &, const SchemaFault &) = default;
};

/** What went wrong: a stable code for programs, a text for people, and where. */
struct DIALOGUE_CORE_EXPORT Error
{
    Q_GADGET
    Q_PROPERTY(dialogue::ErrorCode code MEMBER code)
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(qint64 retryAfterMs READ retryAfterMs)
    Q_PROPERTY(QString text READ text)
    Q_PROPERTY(QList<dialogue::SchemaFault> faults MEMBER faults)
public:
    ErrorCode code = ErrorCode::InvalidRequest;
    QString message; ///< What was wrong, what was expected, what to do.
    QString path = {}; ///< Where in the data: "data.text", "rooms[0].id"; empty when it is the whole.
    std::optional<std::chrono::milliseconds> retryAfter = {}; ///< When trying again may help.
    QList<SchemaFault> faults = {}; ///< Of ValidationFailed: a few of them; the first is the one told above.

    /** "path: message", or the message alone. */
    [[nodiscard]] QString text() const;
    [[nodiscard]] qint64 retryAfterMs() const; ///< -1 where there is no retryAfter.
};

/** `Error(ROOM_FULL, "...")` */
DIALOGUE_CORE_EXPORT QDebug operator<<(QDebug debug, const Error &error);

} // namespace dialogue
