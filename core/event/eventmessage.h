#pragma once

#include "core/base/export.h"
#include "core/json/jsondata.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace dialogue {

/**
 * The envelope every event travels in: `dialogue:event` (docs/protocol.md, "What the server says").
 *
 * Binary values inside `data` are Socket.IO placeholders, `{"_placeholder":true,"num":i}`, that index
 * `attachments`.
 */
struct DIALOGUE_CORE_EXPORT EventMessage
{
    QString event;
    QString roomId;
    JsonData data; ///< As it came from the client where nothing has changed it.
    QString from; ///< The userId of who triggered it; "system" for the server itself.
    qint64 timestamp = 0; ///< Milliseconds since the Unix epoch, by the server's clock.
    QJsonObject meta = {}; ///< Free for the application; left out on the wire when empty.
    QString id = {}; ///< Client-made message id, for applying a trigger once; left out when empty.
    quint64 offset
        = 0; ///< Position in the room's log: 1, 2, 3 ...; 0 where it has none: not yet, or it is ephemeral.
    QList<QByteArray> attachments = {};
};

} // namespace dialogue
