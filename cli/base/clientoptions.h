#pragma once

#include "process/connectionoptions.h"

namespace dialogue::cli {

/** Where the server is, who we are, and how to get there: of every command. */
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
