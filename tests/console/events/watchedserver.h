#pragma once

#include "tests/console/support/consoleserver.h"
#include "tests/console/support/ownsettings.h"

namespace dialogue::test {

/** A server with an auction, whose events have schemas, and a lobby. */
class WatchedServer : public ConsoleServer
{
public:
    explicit WatchedServer(quint16 port = 0)
        : ConsoleServer(rooms(), port)
    { }

    void publish(const QString &room, const QString &event, const QJsonObject &data)
    {
        Q_UNUSED((*this)->trigger(room, event, data))
    }
    void bid(int price)
    {
        publish(QStringLiteral("auction"), QStringLiteral("bid"), {{QStringLiteral("price"), price}});
    }

private:
    static QList<RoomConfig> rooms()
    {
        return {
            {.id = QStringLiteral("auction"),
             .name = QStringLiteral("Auction"),
             .events
             = {defineEvent(QStringLiteral("bid"),
                            Schema::object({{"price", Schema::number().describe(QStringLiteral("In euros"))},
                                            {"note", Schema::string().optional()}})),
                defineEvent(QStringLiteral("ask"), Schema::any())}},
            {.id = QStringLiteral("lobby"),
             .name = QStringLiteral("Lobby"),
             .events = {defineEvent(QStringLiteral("message"), Schema::any())}}};
    }
};

} // namespace dialogue::test
