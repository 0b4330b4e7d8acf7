#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/event/eventmessage.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonArray>

/** The envelope of `dialogue:event` on the wire. Attachments travel beside it, as Socket.IO's binary
 * messages. */
namespace dialogue::protocol {

/** Compact, keys in the order event, roomId, data, from, timestamp, meta, id, offset. `data` is always there
 * (null for undefined); `meta` and `id` where not empty; `offset` where the message has one. */
DIALOGUE_CORE_EXPORT QByteArray encodeEventMessage(const EventMessage &message);

/** What encodeEventMessage() wrote, back again: `data` stays the text it is. Not for what others wrote; a
 * text that is none gives an empty message. */
DIALOGUE_CORE_EXPORT EventMessage decodeEventMessage(QByteArrayView text);

/** Reads an envelope; \a path is where it stands. What our additions are is optional. InvalidRequest
 * otherwise. */
DIALOGUE_CORE_EXPORT Result<EventMessage> eventMessageFromJson(const QJsonValue &json,
                                                               const QString &path = {});

/** A list of envelopes from one packet; each gets the packet's \a attachments, which their placeholders
 * index. */
DIALOGUE_CORE_EXPORT Result<QList<EventMessage>>
eventMessagesFromJson(const QJsonArray &envelopes, const QList<QByteArray> &attachments = {},
                      const QString &path = QStringLiteral("events"));

} // namespace dialogue::protocol
