#include "core/base/logging.h"

namespace dialogue {

Q_LOGGING_CATEGORY(lcServer, "dialogue.server", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "dialogue.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcEngine, "dialogue.engine", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSocket, "dialogue.socket", QtInfoMsg)
Q_LOGGING_CATEGORY(lcGateway, "dialogue.gateway", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRooms, "dialogue.rooms", QtInfoMsg)
Q_LOGGING_CATEGORY(lcEvents, "dialogue.events", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "dialogue.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAuth, "dialogue.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(lcHttp, "dialogue.http", QtInfoMsg)
Q_LOGGING_CATEGORY(lcClient, "dialogue.client", QtWarningMsg)

} // namespace dialogue
