#pragma once

#include "server/tcp/peer.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace dialogue {

class Places;

/** How many places there are: in all, and for one address (see addressKey()). */
struct PlaceLimits
{
    int inAll;
    int perAddress;
    int waiting; ///< Of all, for those that have not settled.
    int waitingPerAddress;
};

/** Asks the holder of a place to go. Called in any thread, while all places are locked: it only passes it on.
 */
using GiveWay = std::function<void()>;

/**
 * One place; given back when destroyed, in whatever thread that is. To begin with its holder waits: it has
 * shown nothing but that it is there, and gives way when there are too many like it.
 */
class Place
{
public:
    using Clock = std::chrono::steady_clock;
    enum class Share {
        OfItsAddress,
        OfAll, ///< A proxy's connection may be anybody's: the limits per address are not for it.
    };

    Place(); ///< Of one that is not counted, whose peer is not known.
    Place(Place &&other) noexcept;
    Place &operator=(Place &&other) noexcept;
    ~Place();

    /** The holder has shown what it is here for, and gives way no more. False when it has been asked to go
     * already: what it holds is to end. */
    [[nodiscard]] bool settle();
    /** The holder waits again, from now on; \a next: before all others it is asked to go. A newcomer has to
     * wait for the place of somebody who came a moment ago, this one does not: it was here before. */
    void wait(GiveWay giveWay, bool next = false, Clock::time_point now = Clock::now());

    /** It is \a peer's, as became known; it still waits. False when there is no place for that one: what it
     * holds is to end. */
    [[nodiscard]] bool becomeOf(const Peer &peer, Share share, Clock::time_point now = Clock::now());

    /** Its holder speaks TLS, and has shown \a certificate, or none. */
    void becomeSecure(PeerCertificatePtr certificate)
    {
        m_peer.isSecure = true;
        m_peer.certificate = std::move(certificate);
    }

    void release();
    /** Whose it is or was. */
    [[nodiscard]] const Peer &peer() const { return m_peer; }
    /** It came in where only consoles do. */
    [[nodiscard]] bool isOfConsoles() const;

private:
    friend class Places;
    struct Waiting;
    Place(std::shared_ptr<Places> places, const Peer &peer, bool counted, std::unique_ptr<Waiting> waiting);

    std::shared_ptr<Places> m_places;
    Peer m_peer;
    bool m_counted = false; ///< Of its address.
    std::unique_ptr<Waiting> m_waiting; ///< Null once it has settled.
};

/**
 * The places for what strangers may open: TCP connections, sessions. Those that have settled and those that
 * wait are bounded apart, so that whoever opens much and says nothing takes no place from anybody who does.
 *
 * Where there is no place, the one of those that wait which has waited longest gives way: of the same address
 * where that has used up its own share, else of all; if it has had Grace. Otherwise the newcomer is refused.
 * So whatever an address has opened, a moment later another of its users gets in.
 *
 * Any thread; made by std::make_shared.
 */
class Places : public std::enable_shared_from_this<Places>
{
public:
    using Clock = Place::Clock;
    using Share = Place::Share;
    /** Nobody has to go sooner than this after coming. */
    static constexpr std::chrono::seconds Grace{1};
    /** And nobody who has waited for so long keeps its place while more than half of those for waiting are
     * taken. */
    static constexpr std::chrono::seconds Patience{5};

    /** Who comes in by them, which is who listens. */
    enum class Entrance {
        OfClients,
        OfConsoles, ///< admin.port
    };

    explicit Places(const PlaceLimits &limits, Entrance entrance = Entrance::OfClients);
    ~Places();

    /** A place for \a peer, or nothing. */
    std::optional<Place> admit(const Peer &peer, GiveWay giveWay, Share share = Share::OfItsAddress,
                               Clock::time_point now = Clock::now());

    [[nodiscard]] int taken() const;
    [[nodiscard]] int waiting() const; ///< Of those.
    [[nodiscard]] quint64 refused() const; ///< So far.
    [[nodiscard]] quint64 gaveWay() const; ///< So far.

private:
    friend class Place;
    struct Private;
    const std::unique_ptr<Private> d;
    const Entrance m_entrance;
};

} // namespace dialogue
