#pragma once

#include "client/dialogueclient.h"

namespace dialogue::test {

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
