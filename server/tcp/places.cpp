#include "server/tcp/places.h"

#include "server/tcp/addresskey.h"
#include "server/tcp/noaddress.h"

#include <boost/intrusive/list.hpp>

#include <atomic>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace dialogue {

namespace {

namespace intrusive = boost::intrusive;

struct OfAll;
struct OfAddress;
template <class Tag>
using Hook = intrusive::list_base_hook<intrusive::tag<Tag>>;

struct KeyHash
{
    std::size_t operator()(const QHostAddress &key) const { return qHash(key); }
};

} // namespace

/** In the lists of those that wait, until it was asked to go. */
struct Place::Waiting : Hook<OfAll>, Hook<OfAddress>
{
    GiveWay giveWay;
    Clock::time_point since;
    QHostAddress key; ///< Only where it is counted.
    bool counted = false;
    bool gone = false; ///< Asked to go; its place is somebody else's.
};

struct Places::Private
{
    using Waiting = Place::Waiting;
    template <class Tag>
    using List = intrusive::list<Waiting, intrusive::base_hook<Hook<Tag>>>;

    struct Address
    {
        int taken = 0;
        List<OfAddress> waiting; ///< Who came first stands first.
    };
    using Addresses = std::unordered_map<QHostAddress, Address, KeyHash>;

    explicit Private(const PlaceLimits &placeLimits)
        : limits(placeLimits)
    { }

    Address *addressOf(const QHostAddress &key)
    {
        const auto found = addresses.find(key);
        return found == addresses.end() ? nullptr : &found->second;
    }

    /** Gives the place of \a entry back, or of one that has settled. */
    void leave(const QHostAddress &key, bool counted)
    {
        --taken;
        if (!counted)
            return;
        const auto found = addresses.find(key);
        if (--found->second.taken == 0)
            addresses.erase(found);
    }

    void enlist(Waiting &entry, bool first)
    {
        all.insert(first ? all.begin() : all.end(), entry);
        if (!entry.counted)
            return;
        List<OfAddress> &list = addressOf(entry.key)->waiting;
        list.insert(first ? list.begin() : list.end(), entry);
    }

    void delist(Waiting &entry)
    {
        all.erase(all.iterator_to(entry));
        if (!entry.counted)
            return;
        List<OfAddress> &list = addressOf(entry.key)->waiting;
        list.erase(list.iterator_to(entry));
    }

    void sendAway(Waiting &entry)
    {
        delist(entry);
        leave(entry.key, entry.counted);
        entry.gone = true;
        ++gaveWay;
        entry.giveWay();
    }

    /** Whether the first of \a list went, having waited for \a least. */
    template <class Tag>
    bool makePlace(List<Tag> &list, Clock::time_point now, Clock::duration least)
    {
        if (list.empty() || now - list.front().since < least)
            return false;
        sendAway(list.front());
        return true;
    }

    bool makeRoom(const QHostAddress &key, bool counted, Clock::time_point now)
    {
        if (counted && !makeRoomOf(key, now))
            return false;
        if (all.size() * 2 > std::size_t(limits.waiting))
            makePlace(all, now, Patience);
        if (taken < limits.inAll && all.size() < std::size_t(limits.waiting))
            return true;
        return makePlace(all, now, Grace);
    }

    bool makeRoomOf(const QHostAddress &key, Clock::time_point now)
    {
        Address *address = addressOf(key);
        if (address && address->waiting.size() * 2 > std::size_t(limits.waitingPerAddress)
            && makePlace(address->waiting, now, Patience))
            address = addressOf(key); // Which may have gone with it.
        if (!address
            || (address->taken < limits.perAddress
                && address->waiting.size() < std::size_t(limits.waitingPerAddress)))
            return true;
        return makePlace(address->waiting, now, Grace);
    }

    void take(Waiting &entry)
    {
        ++taken;
        if (entry.counted)
            ++addresses[entry.key].taken;
        enlist(entry, false);
    }

    /** For one that has a place already. */
    void waitAgain(Waiting &entry, bool first)
    {
        constexpr auto Any = Clock::duration::min();
        if (entry.counted) {
            List<OfAddress> &list = addressOf(entry.key)->waiting;
            if (list.size() >= std::size_t(limits.waitingPerAddress))
                makePlace(list, entry.since, Any);
        }
        if (all.size() >= std::size_t(limits.waiting))
            makePlace(all, entry.since, Any);
        enlist(entry, first);
    }

    mutable std::mutex mutex;
    const PlaceLimits limits;
    int taken = 0;
    std::atomic<quint64> refused = 0;
    std::atomic<quint64> gaveWay = 0;
    List<OfAll> all; ///< That wait; who came first stands first.
    Addresses addresses;
};

Place::Place()
    : m_peer{.address = noAddress()}
{ }

Place::Place(std::shared_ptr<Places> places, const Peer &peer, bool counted, std::unique_ptr<Waiting> waiting)
    : m_places(std::move(places))
    , m_peer(peer)
    , m_counted(counted)
    , m_waiting(std::move(waiting))
{ }

Place::Place(Place &&other) noexcept = default;

bool Place::isOfConsoles() const { return m_places && m_places->m_entrance == Places::Entrance::OfConsoles; }

Place &Place::operator=(Place &&other) noexcept
{
    if (this != &other) {
        release();
        m_places = std::move(other.m_places);
        m_peer = std::move(other.m_peer);
        m_counted = other.m_counted;
        m_waiting = std::move(other.m_waiting);
    }
    return *this;
}

Place::~Place() { release(); }

bool Place::settle()
{
    if (!m_waiting)
        return true;
    const std::lock_guard lock(m_places->d->mutex);
    if (m_waiting->gone)
        return false;
    m_places->d->delist(*m_waiting);
    m_waiting.reset();
    return true;
}

void Place::wait(GiveWay giveWay, bool next, Clock::time_point now)
{
    if (!m_places || m_waiting)
        return;
    m_waiting = std::make_unique<Waiting>();
    m_waiting->giveWay = std::move(giveWay);
    m_waiting->since = next ? now - Places::Patience : now;
    m_waiting->counted = m_counted;
    if (m_counted)
        m_waiting->key = addressKey(m_peer.address);
    const std::lock_guard lock(m_places->d->mutex);
    m_places->d->waitAgain(*m_waiting, next);
}

bool Place::becomeOf(const Peer &peer, Share share, Clock::time_point now)
{
    if (!m_waiting) {
        m_peer = peer;
        return true;
    }
    const std::lock_guard lock(m_places->d->mutex);
    if (m_waiting->gone)
        return false;
    const QHostAddress key = addressKey(peer.address);
    const bool counted = share == Share::OfItsAddress;
    // Not yet out of the old one's count: the address of a proxy has none.
    if (counted && !m_places->d->makeRoomOf(key, now)) {
        ++m_places->d->refused;
        return false;
    }
    if (m_waiting->gone) // That was this one, of the same address.
        return false;
    m_places->d->delist(*m_waiting);
    m_places->d->leave(m_waiting->key, m_waiting->counted);
    m_waiting->key = key;
    m_waiting->counted = m_counted = counted;
    m_peer = peer;
    m_places->d->take(*m_waiting);
    return true;
}

void Place::release()
{
    const std::shared_ptr<Places> places = std::exchange(m_places, nullptr);
    if (!places)
        return;
    const std::unique_ptr<Waiting> waiting = std::move(m_waiting);
    const std::lock_guard lock(places->d->mutex);
    if (waiting && waiting->gone)
        return;
    if (waiting)
        places->d->delist(*waiting);
    places->d->leave(addressKey(m_peer.address), m_counted);
}

Places::Places(const PlaceLimits &limits, Entrance entrance)
    : d(std::make_unique<Private>(limits))
    , m_entrance(entrance)
{ }

Places::~Places() = default;

std::optional<Place> Places::admit(const Peer &peer, GiveWay giveWay, Share share, Clock::time_point now)
{
    auto waiting = std::make_unique<Place::Waiting>();
    waiting->giveWay = std::move(giveWay);
    waiting->since = now;
    waiting->key = addressKey(peer.address);
    waiting->counted = share == Share::OfItsAddress;
    const std::lock_guard lock(d->mutex);
    if (!d->makeRoom(waiting->key, waiting->counted, now)) {
        ++d->refused;
        return std::nullopt;
    }
    d->take(*waiting);
    const bool counted = waiting->counted;
    return Place(shared_from_this(), peer, counted, std::move(waiting));
}

int Places::taken() const
{
    const std::lock_guard lock(d->mutex);
    return d->taken;
}

int Places::waiting() const
{
    const std::lock_guard lock(d->mutex);
    return int(d->all.size());
}

quint64 Places::refused() const { return d->refused.load(std::memory_order_relaxed); }
quint64 Places::gaveWay() const { return d->gaveWay.load(std::memory_order_relaxed); }

} // namespace dialogue
