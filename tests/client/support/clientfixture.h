#pragma once

#include "client/dialogueclient.h"
#include "server/dialogue.h"

namespace dialogue::test {

/** A server with one open room, "lab", and one with a schema, "chat". */
inline ServerConfig serverConfig()
{
    return {.port = 0,
            .workers = 1,
            .rooms = {{.id = QStringLiteral("chat"),
                       .name = QStringLiteral("Chat"),
                       .events = {defineEvent(QStringLiteral("message"),
                                              Schema::object({{"text", Schema::string().min(1)}}),
                                              {.enabled = true, .limit = 50}),
                                  defineEvent(QStringLiteral("typing"))},
                       .defaultSubscriptions = {QStringLiteral("message")}},
                      {.id = QStringLiteral("lab"),
                       .name = QStringLiteral("Lab"),
                       .defaultSubscriptions = {QStringLiteral("*")}}},
            .roomCreation = {.create = Permission::Anyone}};
}

inline ClientConfig clientConfig(quint16 port, const QString &user)
{
    ClientConfig config;
    config.url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port));
    config.auth = QJsonObject{{QStringLiteral("userId"), user}};
    config.reconnectionDelay = std::chrono::milliseconds(5);
    config.reconnectionDelayMax = std::chrono::milliseconds(20);
    return config;
}

inline QJsonObject saying(const QString &text) { return {{QStringLiteral("text"), text}}; }

} // namespace dialogue::test
