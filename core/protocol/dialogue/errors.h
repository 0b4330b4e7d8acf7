#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/json/objectwriter.h"

#include <QJsonObject>
#include <QJsonValue>

/** How an Error travels: as `dialogue:error`, and as the ack of a request that failed. */
namespace dialogue::protocol {

/** The payload of `dialogue:error`: `{code, message, path?, retryAfter?, faults?, roomId?}`, retryAfter in
 * milliseconds. */
struct DIALOGUE_CORE_EXPORT ErrorPayload
{
    QByteArray code; ///< As text, so that a code this catalogue lacks survives.
    QString message; ///< With the path in front: clients that know no path show the message alone.
    QString path = {};
    std::optional<std::chrono::milliseconds> retryAfter = {};
    QList<SchemaFault> faults = {}; ///< `[{path, pointer?, rule?, message}]`
    QString roomId = {};

    static ErrorPayload of(const Error &error, const QString &roomId = {});
    /** An unknown code becomes InvalidRequest, with the code in front of the message. */
    [[nodiscard]] Error toError() const;

    [[nodiscard]] json::ObjectWriter write() const;
    static Result<ErrorPayload> fromJson(const QJsonValue &json, const QString &at = {});
    friend bool operator==(const ErrorPayload &, const ErrorPayload &) = default;
};

/** `{...reply,"ok":true}`. */
DIALOGUE_CORE_EXPORT QByteArray okAck(json::ObjectWriter reply = json::ObjectWriter());
/** `{"ok":false,"error":{...}}`. */
DIALOGUE_CORE_EXPORT QByteArray errorAck(const Error &error);
/** The reply without `ok`, or the Error the server answered with, or ParseError where \a ack is neither. */
DIALOGUE_CORE_EXPORT Result<QJsonObject> readAck(const QJsonValue &ack);

} // namespace dialogue::protocol
