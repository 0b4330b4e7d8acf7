#pragma once

#include "cli/base/arguments.h"

namespace dialogue::cli {

/** The options that every command has: where the server is and who we are. */
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

} // namespace dialogue::cli
