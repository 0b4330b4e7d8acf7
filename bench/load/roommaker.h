#pragma once

#include "bench/load/connection.h"
#include "bench/load/failure.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dialogue::bench {

/**
 * Sees to it that the rooms of a run exist: it tries to join each, and creates the one that is not there.
 * What it created it deletes at the end; it stays connected until then, as the rooms are its own.
 */
class RoomMaker final : public Connection::Owner
{
public:
    RoomMaker(Poller &poller, const Endpoint &endpoint, std::vector<std::string> rooms);

    std::optional<Failure> make(const std::function<bool()> &isStopped);
    void deleteMade(); ///< However make() and the run ended; only a server that is gone keeps them.

    void onConnected() override { joinNext(); }
    void onEvent(std::string_view json) override;
    void onClosed(const std::string &reason, bool wasRefused) override;

private:
    void joinNext();
    void onError(std::string_view json);

    Poller &m_poller;
    Connection m_connection;
    std::vector<std::string> m_rooms;
    std::vector<std::string> m_made;
    std::size_t m_at = 0;
    std::size_t m_deleted = 0; ///< Or refused to be.
    bool m_creates = false; ///< The room at m_at was asked to be created.
    bool m_deletes = false;
    bool m_isGone = false; ///< The connection is.
    std::optional<Failure> m_failure;
};

} // namespace dialogue::bench
