#pragma once

#include "core/event/eventmessage.h"
#include "server/net/frame.h"

#include <QList>

namespace dialogue {

/** `dialogue:event` with \a message, encoded once for all; \a json is encodeEventMessage(message). */
FramePtr eventMessageFrame(const QByteArray &json, const EventMessage &message, const RoomConfig &room,
                           const FrameStreamPtr &stream);

/**
 * Several messages in one packet: their envelopes as an array, their attachments in one list, and each binary
 * placeholder pointing into that list.
 */
struct PackedMessages
{
    JsonData events; ///< An array.
    int count = 0;
    QList<QByteArray> attachments = {};
};

/** What one packet may hold. */
struct PacketLimits
{
    qint64 bytes;
    int attachments;
};

/** As many of \a messages, from the first on, as fit into one packet; one at least. */
PackedMessages packMessages(const QList<EventMessage> &messages, const PacketLimits &limits);

} // namespace dialogue
