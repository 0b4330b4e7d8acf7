#include "server/budgets/budgets.h"

#include <QStringBuilder>

#include <algorithm>
#include <array>
#include <span>

namespace dialogue {

namespace {

constexpr quint32 indexOf(BudgetKind kind) { return static_cast<quint32>(kind); }

bool isMoreGenerous(const RateLimit &a, const RateLimit &b)
{
    return a.maxEvents * b.window.count() > b.maxEvents * a.window.count();
}

QString wordOf(const BudgetKey &key)
{
    return key.user.isEmpty() ? u'a' + key.address.toString() : u'u' + key.user;
}

RateLimit limitOf(BudgetKind kind, const ServerConfig &config)
{
    const RateLimitConfig &rates = config.rateLimit;
    switch (kind) {
    case BudgetKind::Event:
    case BudgetKind::RoomEvent: // Each room has its own number,
    case BudgetKind::NamedEvent: // and each event in it.
        return rates.global;
    case BudgetKind::Join:
        return rates.requests.join;
    case BudgetKind::Leave:
        return rates.requests.leave;
    case BudgetKind::Subscribe:
        return rates.requests.subscribe;
    case BudgetKind::ListRooms:
        return rates.requests.listRooms;
    case BudgetKind::ListParticipants:
        return rates.requests.participants;
    case BudgetKind::CreateRoom:
        return rates.requests.createRoom;
    case BudgetKind::DeleteRoom:
        return rates.requests.deleteRoom;
    case BudgetKind::History:
        return {.maxEvents = config.history.requestsPerMinute, .window = std::chrono::minutes(1)};
    case BudgetKind::Refresh:
        return rates.requests.refresh;
    case BudgetKind::Custom:
        return rates.requests.custom;
    case BudgetKind::Failed:
        return rates.requests.failed;
    case BudgetKind::Connect:
        return rates.requests.connect;
    }
    return {};
}

} // namespace

Budgets::Budgets(const ServerConfig &config, Now clock)
    : m_now(clock)
    , m_limits(BudgetKinds)
{
    configure(config);
}

void Budgets::configure(const ServerConfig &config)
{
    m_mostQuiet = static_cast<std::size_t>(config.rateLimit.maxKeys);
    for (std::size_t kind = 0; kind < BudgetKinds; ++kind)
        m_limits[kind] = limitOf(static_cast<BudgetKind>(kind), config);
    m_rooms.clear();
    const auto &rooms = config.rateLimit.perRoom;
    for (auto room = rooms.cbegin(); room != rooms.cend(); ++room) {
        const QString name = QString::number(room.key().size()) + u':' + room.key(); // No two read alike.
        RoomLimits limits{.all = numberOf(name, room->ofAll())};
        for (auto event = room->events.cbegin(); event != room->events.cend(); ++event)
            limits.events.insert(event.key(), numberOf(name + u'e' + event.key(), event.value()));
        for (auto role = room->roles.cbegin(); role != room->roles.cend(); ++role)
            limits.roles.emplace_back(role.key(), numberOf(name + u'r' + role.key(), role.value()));
        std::ranges::stable_sort(limits.roles, [this](const auto &a, const auto &b) {
            return isMoreGenerous(m_limits[a.second], m_limits[b.second]);
        });
        m_rooms.insert(room.key(), limits);
    }
}

quint32 Budgets::numberOf(const QString &name, const RateLimit &limit)
{
    const auto known = m_numbers.constFind(name);
    if (known != m_numbers.cend()) {
        m_limits[*known] = limit;
        return *known;
    }
    const auto number = static_cast<quint32>(m_limits.size());
    m_limits.push_back(limit);
    m_numbers.insert(name, number);
    return number;
}

quint32 Budgets::RoomLimits::ofRoles(const QStringList &has) const
{
    const auto first
        = std::ranges::find_if(roles, [&has](const auto &role) { return has.contains(role.first); });
    return first == roles.end() ? all : first->second;
}

BudgetCounters Budgets::counters() const
{
    BudgetCounters counters = m_counters;
    counters.keys = static_cast<qsizetype>(m_byKey.size());
    return counters;
}

Budgets::Holder Budgets::hold(const BudgetKey &key)
{
    const auto known = m_byKey.find(key);
    Entries::iterator entry;
    if (known == m_byKey.end()) {
        entry = m_held.insert(m_held.end(), Entry{.key = key, .name = wordOf(key)});
        m_byKey.emplace(key, entry);
    } else {
        entry = known->second;
        if (entry->holders == 0)
            move(m_quiet, m_quietCursor, m_held, entry);
    }
    ++entry->holders;
    return {this, entry};
}

void Budgets::release(Entries::iterator entry)
{
    if (--entry->holders > 0)
        return;
    move(m_held, m_heldCursor, m_quiet, entry);
    if (entry->budget.isEmpty()) {
        forget(entry);
    } else if (m_quiet.size() > m_mostQuiet) {
        ++m_counters.evicted;
        forget(m_quiet.begin());
    }
}

void Budgets::move(Entries &from, Entries::iterator &cursor, Entries &to, Entries::iterator entry)
{
    if (cursor == entry)
        ++cursor;
    to.splice(to.end(), from, entry);
}

void Budgets::forget(Entries::iterator quiet)
{
    if (m_quietCursor == quiet)
        ++m_quietCursor;
    if (!quiet->budget.isEmpty())
        --m_occupied;
    m_byKey.erase(quiet->key);
    m_quiet.erase(quiet);
}

SlidingWindow &Budgets::window(Entry &entry, quint32 number)
{
    if (entry.budget.isEmpty()) {
        ++m_occupied;
        if (!m_timer.isActive())
            m_timer.start(std::chrono::milliseconds(TidyingEvery).count(), this);
    }
    return entry.budget.window(number);
}

Budgets::Wait Budgets::take(const Holder &holder, BudgetKind kind)
{
    const Clock::time_point now = m_now();
    const RateLimit &limit = m_limits[indexOf(kind)];
    SlidingWindow &taken = window(*holder.m_entry, indexOf(kind));
    const Wait wait = taken.wait(limit, now);
    if (wait)
        refused(kind);
    else
        taken.take(limit, now);
    return wait;
}

std::optional<Budgets::EventWait> Budgets::takeEvent(const Holder &holder, const QString &roomId,
                                                     const QString &event, const QStringList &roles)
{
    const Clock::time_point now = m_now();
    Entry &entry = *holder.m_entry;
    struct Part
    {
        BudgetKind kind;
        quint32 number;
    };
    std::array<Part, 3> parts{};
    std::size_t count = 0;
    // Only where there are limits of the room's own.
    if (const auto room = m_rooms.constFind(roomId); room != m_rooms.cend()) {
        if (const quint32 named = room->events.value(event, 0); named != 0)
            parts[count++] = {BudgetKind::NamedEvent, named};
        parts[count++] = {BudgetKind::RoomEvent, room->ofRoles(roles)};
    }
    parts[count++] = {BudgetKind::Event, indexOf(BudgetKind::Event)};
    const auto asked = std::span(parts).first(count);
    for (const Part &part : asked) {
        const RateLimit &limit = m_limits[part.number];
        if (const Wait wait = window(entry, part.number).wait(limit, now)) {
            refused(part.kind);
            return EventWait{part.kind, limit, *wait};
        }
    }
    for (const Part &part : asked)
        window(entry, part.number).take(m_limits[part.number], now);
    return std::nullopt;
}

void Budgets::tidy()
{
    const Clock::time_point now = m_now();
    tidy(m_held, m_heldCursor, now);
    tidy(m_quiet, m_quietCursor, now);
    if (m_occupied == 0)
        m_timer.stop();
}

void Budgets::tidy(Entries &entries, Entries::iterator &cursor, Clock::time_point now)
{
    const auto limit = [this](quint32 number) -> const RateLimit & { return m_limits[number]; };
    const std::size_t count = std::min<std::size_t>(entries.size(), MostLookedAt);
    for (std::size_t i = 0; i < count; ++i) {
        if (cursor == entries.end())
            cursor = entries.begin();
        const Entries::iterator entry = cursor++;
        if (entry->budget.isEmpty() || !entry->budget.tidy(limit, now))
            continue;
        --m_occupied;
        if (entry->holders == 0)
            forget(entry);
    }
}

void Budgets::timerEvent(QTimerEvent *) { tidy(); }

} // namespace dialogue
