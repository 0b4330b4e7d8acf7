#pragma once

#include "process/arguments.h"

namespace dialogue {

/** Where the server is and who we are. */
inline QList<Option> connectionOptions()
{
    return {{.name = QStringLiteral("url"),
             .value = QStringLiteral("URL"),
             .help = QStringLiteral("The server."),
             .fallback = QStringLiteral("http://127.0.0.1:3000"),
             .environment = QStringLiteral("DIALOGUE_URL")},
            {.name = QStringLiteral("token"),
             .value = QStringLiteral("TOKEN"),
             .help = QStringLiteral("What the server knows you by."),
             .environment = QStringLiteral("DIALOGUE_TOKEN")}};
}

} // namespace dialogue
