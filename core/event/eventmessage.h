#pragma once

#include "core/base/export.h"
#include "core/json/jsondata.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QObject>
#include <QString>

class QDebug;

namespace dialogue {

/**
 * The envelope every event travels in: `dialogue:event` (docs/protocol.md, "What the server says").
 *
 * Binary values inside `data` are Socket.IO placeholders, `{"_placeholder":true,"num":i}`, that index
 * `attachments`.
 */
struct DIALOGUE_CORE_EXPORT EventMessage
{
    Q_GADGET
    Q_PROPERTY(QString event MEMBER event)
    Q_PROPERTY(QString roomId MEMBER roomId)
    Q_PROPERTY(QJsonValue data READ value)
    Q_PROPERTY(QString from MEMBER from)
    Q_PROPERTY(qint64 timestamp MEMBER timestamp)
    Q_PROPERTY(QJsonObject meta MEMBER meta)
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(quint64 offset MEMBER offset)
    Q_PROPERTY(QList<QByteArray> attachments MEMBER attachments)
public:
    QString event;
    QString roomId;
    JsonData data; ///< As it came from the client where nothing has changed it.
    QString from; ///< The userId of who triggered it; "system" for the server itself.
    qint64 timestamp = 0; ///< Milliseconds since the Unix epoch, by the server's clock.
    QJsonObject meta = {}; ///< Free for the application; left out on the wire when empty.
    QString id = {}; ///< Client-made message id, for applying a trigger once; left out when empty.
    /** Position in the room's log: 1, 2, 3 ...; 0 where it has none: not yet, or it is ephemeral. */
    quint64 offset = 0;
    QList<QByteArray> attachments = {};

    [[nodiscard]] QJsonValue value() const { return data.value(); } ///< Of data.
};

/** `EventMessage("message" in "chat", from "ann", offset 7, "{...}")`; of long data the beginning. */
DIALOGUE_CORE_EXPORT QDebug operator<<(QDebug debug, const EventMessage &message);

} // namespace dialogue
