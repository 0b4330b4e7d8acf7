#pragma once

#include "clientsetup.h"

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
                                              Schema::object({{"text", Schema::string().min(1)},
                                                              {"senderId", Schema::string().optional()}}),
                                              {.enabled = true, .limit = 50}),
                                  defineEvent(QStringLiteral("typing"))},
                       .defaultSubscriptions = {QStringLiteral("message")}},
                      {.id = QStringLiteral("lab"),
                       .name = QStringLiteral("Lab"),
                       .defaultSubscriptions = {QStringLiteral("*")}}},
            .roomCreation = {.create = {Permission::Anyone}},
            .rateLimit = {.global = {.maxEvents = 1'000'000, .window = std::chrono::seconds(1)}}};
}

} // namespace dialogue::test
