#pragma once

#include <QByteArray>
#include <QString>

namespace dialogue {

/** Why no request can ever match a route of \a method and \a pattern, in words; empty where one can. \a
 * reserved is what Socket.IO keeps for itself: "/socket.io/". */
QString routeMistake(const QByteArray &method, const QByteArray &pattern, const QByteArray &reserved);

} // namespace dialogue
