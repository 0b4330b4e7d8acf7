#pragma once

#include "server/net/httpmessage.h"
#include "server/net/peer.h"

#include <QHash>
#include <QHostAddress>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

namespace dialogue {

class ConnectionLimits;

/** One admitted connection's place; given back when destroyed, in whatever thread that is. */
class ConnectionSlot
{
public:
    ConnectionSlot() = default; ///< Of an unlimited connection, whose address is not known.
    ConnectionSlot(ConnectionSlot &&other) noexcept = default;
    ConnectionSlot &operator=(ConnectionSlot &&other) noexcept;
    ~ConnectionSlot() { release(); }

    void release();
    /** Whose it is or was. */
    [[nodiscard]] const Peer &peer() const { return m_peer; }

private:
    friend class ConnectionLimits;
    ConnectionSlot(std::shared_ptr<ConnectionLimits> limits, const Peer &peer, bool counted)
        : m_limits(std::move(limits))
        , m_peer(peer)
        , m_counted(counted)
    { }

    std::shared_ptr<ConnectionLimits> m_limits;
    Peer m_peer{.address = noAddress()};
    bool m_counted = false; ///< Of its address.
};

/** How many TCP connections there may be, in all and per address (see addressKey()). Any thread; made by
 * std::make_shared. */
class ConnectionLimits : public std::enable_shared_from_this<ConnectionLimits>
{
public:
    ConnectionLimits(int inAll, int perAddress);

    enum class Share {
        OfItsAddress,
        OfAll, ///< A proxy's connection may be anybody's: the limit per address is not for it.
    };
    /** A place for a connection from \a peer, or nothing; refusals are counted. */
    std::optional<ConnectionSlot> admit(const Peer &peer, Share share = Share::OfItsAddress);

    [[nodiscard]] int connections() const;
    [[nodiscard]] quint64 refused() const { return m_refused.load(std::memory_order_relaxed); }

private:
    friend class ConnectionSlot;
    void release(const Peer &peer, bool counted);

    mutable std::mutex m_mutex;
    int m_inAll;
    int m_perAddress;
    int m_connections = 0;
    QHash<QHostAddress, int> m_byAddress;
    std::atomic<quint64> m_refused = 0;
};

} // namespace dialogue
