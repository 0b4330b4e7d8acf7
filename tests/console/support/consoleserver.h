#pragma once

#include "console/connection/adminconnection.h"

#include <dialogue/server/dialogue.h>

#include <QTest>

namespace dialogue::test {

/** A server in this process with an account of each role, which is called as that is. */
class ConsoleServer
{
public:
    static constexpr auto Password = "long enough";

    explicit ConsoleServer(const QList<RoomConfig> &rooms = {chatRoom()}, quint16 port = 0,
                           const TlsConfig &tls = {});

    [[nodiscard]] static RoomConfig chatRoom();
    [[nodiscard]] Dialogue &operator*() { return m_server; }
    [[nodiscard]] Dialogue *operator->() { return &m_server; }
    [[nodiscard]] quint16 port() const { return m_server.port(); }
    [[nodiscard]] QUrl url() const;
    /** How to come in as this role. */
    [[nodiscard]] ClientConfig as(const QString &role) const { return as(role, url()); }
    [[nodiscard]] static ClientConfig as(const QString &role, const QUrl &url);

private:
    Dialogue m_server;
};

/** Somebody who has come in. */
struct Entered
{
    explicit Entered(const ConsoleServer &server, const QString &role = QStringLiteral("owner"))
        : connection(server.as(role))
    {
        connection.open();
        if (!QTest::qWaitFor([this] { return connection.isIn(); }))
            qFatal("%s", qPrintable(connection.problem().text()));
    }
    console::AdminConnection connection;
};

} // namespace dialogue::test
