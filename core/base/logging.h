#pragma once

#include "core/base/export.h"

#include <QLoggingCategory>

// Every logging category of the project stands here; `QT_LOGGING_RULES="dialogue.net.debug=true"` turns one
// on.
namespace dialogue {

DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcServer) // dialogue.server: start, stop, configuration
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcNet) // dialogue.net: sockets, HTTP, WebSocket frames
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcEngine) // dialogue.engine: Engine.IO sessions
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcSocket) // dialogue.socket: Socket.IO packets
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcGateway) // dialogue.gateway: what waits for the hub
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcRooms) // dialogue.rooms: rooms, joins, events
    DIALOGUE_CORE_EXPORT
    Q_DECLARE_LOGGING_CATEGORY(lcEvents) // dialogue.events: a line for each, where wanted
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcStore) // dialogue.store: what outlives the server
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcAuth) // dialogue.auth: who is let in
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcHttp) // dialogue.http: own routes
    DIALOGUE_CORE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcClient) // dialogue.client: the client library

} // namespace dialogue
