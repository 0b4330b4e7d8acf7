#pragma once

#include "cli/base/arguments.h"

namespace dialogue::cli {

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

/** The same, and how to get there: of all commands that use the client library. */
inline QList<Option> clientOptions()
{
    return connectionOptions()
        + QList<Option>{{.name = QStringLiteral("header"),
                         .value = QStringLiteral("'NAME: VALUE'"),
                         .help = QStringLiteral("Sent with each HTTP request; may be given several times."),
                         .repeats = true},
                        {.name = QStringLiteral("proxy"),
                         .value = QStringLiteral("URL"),
                         .help = QStringLiteral("http://[user:password@]host:port, socks5://..., or none.")},
                        {.name = QStringLiteral("cacert"),
                         .value = QStringLiteral("FILE"),
                         .help = QStringLiteral("Trust these certificates (PEM), too.")},
                        {.name = QStringLiteral("insecure"),
                         .value = {},
                         .help = QStringLiteral("Take any certificate: anybody on the way can read along.")}};
}

} // namespace dialogue::cli
