#pragma once

#include "server/api/httpapi.h"
#include "server/bridge/sidelistener.h"
#include "server/http/openresponses.h"
#include "server/loop/iothread.h"

#include <QUrl>

#include <memory>

namespace dialogue {

class Door;

/** Where the HTTP API is answered, if it is: beside the clients, or at an address of its own. Of the hub. */
class ApiListening
{
public:
    /** All outlive it. */
    struct Parts
    {
        const ServerConfig &config;
        HubParts &hub;
        const Door &door;
        OpenResponses &responses;
    };
    explicit ApiListening(const Parts &parts);
    ~ApiListening();
    Q_DISABLE_COPY_MOVE(ApiListening)

    /** Adds its routes to \a router, or listens; once, however often it is called. IoError. */
    [[nodiscard]] Result<void> start(HttpRouter &router);
    [[nodiscard]] QUrl url() const; ///< Of a listener of its own; empty: there is none.

private:
    [[nodiscard]] Result<void> listen();

    const Parts m_parts;
    std::unique_ptr<api::HttpApi> m_api; ///< Null: there is none.
    HttpRouter m_ownRouter; ///< Of the listener of its own.
    std::unique_ptr<IoThread> m_thread; ///< The same.
    std::unique_ptr<SideListener> m_listener; ///< The same.
};

} // namespace dialogue
