#pragma once

#include "cli/api/apirequest.h"
#include "client/clientconfig.h"

#include <QNetworkAccessManager>

namespace dialogue::cli {

/** Asks the HTTP API of a server, and waits for each answer. */
class ApiClient
{
public:
    /** \a config: where it is, how to get there, and the key as its token. */
    explicit ApiClient(const ClientConfig &config);

    /** The body of what is answered. ConnectionLost, Timeout; what the server says against it;
     * ProtocolViolation for an answer that is none of an API's. */
    [[nodiscard]] Result<QByteArray> ask(const ApiRequest &request);

private:
    ClientConfig m_config;
    QNetworkAccessManager m_network;
};

} // namespace dialogue::cli
