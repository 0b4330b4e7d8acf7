#pragma once

#include "client/socketio/eventsize.h"
#include "core/base/result.h"
#include "core/json/jsondata.h"
#include "core/protocol/socketio/packet.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace dialogue::client {

/** An event on its way to the server. */
struct OutgoingEvent
{
    QString name;
    QList<JsonData> args = {}; ///< Undefined ones are none.
    QList<QByteArray> attachments = {};
};

/** \a args as an array, after \a name where there is one. */
QByteArray argumentsText(const QString &name, const QList<JsonData> &args);

/** Its packet, for the namespace "/". */
socketio::Packet packetOf(const OutgoingEvent &event);

/** How large \a event is, once it is found to be none that a server must take for a violation: it would close
 * the connection, and nobody would know why. InvalidRequest. */
Result<EventSize> checkEvent(const OutgoingEvent &event);

} // namespace dialogue::client
