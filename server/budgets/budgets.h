#pragma once

#include "server/budgets/budget.h"
#include "server/budgets/budgetcounters.h"
#include "server/budgets/budgetkey.h"
#include "server/config/serverconfig.h"

#include <QBasicTimer>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace dialogue {

/**
 * How much each user and each address may still do. Whoever is connected has a Holder; who has left is
 * remembered until his windows have run out, or until there are too many such, of whom the longest quiet goes
 * first. So a reconnect does not begin anew. Lives in the hub's thread.
 */
class Budgets : public QObject
{
    Q_OBJECT

    struct Entry
    {
        BudgetKey key;
        QString name; ///< Shared by all who are it.
        Budget budget = {};
        int holders = 0;
    };
    using Entries = std::list<Entry>;

public:
    using Clock = SlidingWindow::Clock;
    using Now = Clock::time_point (*)();
    using Wait = std::optional<std::chrono::milliseconds>; ///< Nothing: it was taken.

    /** Somebody's budget, as long as it lives. */
    class Holder
    {
    public:
        Holder() = default; ///< Nobody's.
        Holder(Holder &&other) noexcept
            : m_budgets(std::exchange(other.m_budgets, nullptr))
            , m_entry(other.m_entry)
        { }
        Holder &operator=(Holder &&other) noexcept
        {
            std::swap(m_budgets, other.m_budgets);
            std::swap(m_entry, other.m_entry);
            return *this;
        }
        ~Holder()
        {
            if (m_budgets)
                m_budgets->release(m_entry);
        }

    private:
        friend class Budgets;
        Holder(Budgets *budgets, Entries::iterator entry)
            : m_budgets(budgets)
            , m_entry(entry)
        { }
        Budgets *m_budgets = nullptr;
        Entries::iterator m_entry;
    };

    /** \a clock is a parameter for tests. */
    explicit Budgets(const ServerConfig &config, Now clock = &Clock::now);

    /** Other limits; what was taken counts on. */
    void configure(const ServerConfig &config);

    [[nodiscard]] Holder hold(const BudgetKey &key);
    /** Whose it is, in a word that no other has: of a user, or of an address. */
    [[nodiscard]] static const QString &nameOf(const Holder &holder) { return holder.m_entry->name; }

    /** Takes one of \a kind, any but RoomEvent and NamedEvent; or says after what time one may be taken. */
    [[nodiscard]] Wait take(const Holder &holder, BudgetKind kind);
    /** An event in a room takes one of each that there is a limit of, or none. */
    struct EventWait
    {
        BudgetKind kind; ///< Which refused it: Event, RoomEvent or NamedEvent.
        RateLimit limit;
        std::chrono::milliseconds wait;
    };
    /** \a roles: those that an authenticator vouches for. */
    [[nodiscard]] std::optional<EventWait> takeEvent(const Holder &holder, const QString &roomId,
                                                     const QString &event = {},
                                                     const QStringList &roles = {});

    [[nodiscard]] Clock::time_point now() const { return m_now(); }
    [[nodiscard]] const RateLimit &limit(BudgetKind kind) const
    {
        return m_limits[static_cast<std::size_t>(kind)];
    }

    /** Gives back the memory of what has run out, and forgets who has nothing else, looking at a bounded
     * number of entries; a timer sees to it while there is something to forget. */
    void tidy();

    void countDisconnected() { ++m_counters.disconnected; }
    void countTooManySteps() { ++m_counters.tooManySteps; }
    [[nodiscard]] BudgetCounters counters() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    static constexpr int MostLookedAt = 5000; ///< By one tidying: about half a millisecond.
    static constexpr std::chrono::seconds TidyingEvery{1};

    /** The numbers of the limits of one room. */
    struct RoomLimits
    {
        quint32 all = 0;
        QHash<QString, quint32> events = {};
        std::vector<std::pair<QString, quint32>> roles = {}; ///< Which lets most through first.

        [[nodiscard]] quint32 ofRoles(const QStringList &has) const;
    };

    /** Of a limit that has one already, or the next; */
    [[nodiscard]] quint32 numberOf(const QString &name, const RateLimit &limit);
    SlidingWindow &window(Entry &entry, quint32 number);
    [[nodiscard]] Wait take(const Holder &holder, quint32 number, Clock::time_point now);
    void refused(BudgetKind kind) { ++m_counters.refused[static_cast<std::size_t>(kind)]; }
    void release(Entries::iterator entry);
    void move(Entries &from, Entries::iterator &cursor, Entries &to, Entries::iterator entry);
    void tidy(Entries &entries, Entries::iterator &cursor, Clock::time_point now);
    void forget(Entries::iterator quiet);

    Now m_now;
    std::vector<RateLimit> m_limits; ///< By number: those of the kinds, then those of rooms.
    QHash<QString, quint32> m_numbers; ///< Of rooms, their events and roles: also those of other times.
    QHash<QString, RoomLimits> m_rooms;
    std::size_t m_mostQuiet = 0;
    Entries m_held;
    Entries m_quiet; ///< Nobody is connected as them; the longest quiet first.
    Entries::iterator m_heldCursor = m_held.end();
    Entries::iterator m_quietCursor = m_quiet.end();
    std::unordered_map<BudgetKey, Entries::iterator, BudgetKeyHash> m_byKey;
    std::size_t m_occupied = 0; ///< Entries of which something is remembered.
    QBasicTimer m_timer;
    BudgetCounters m_counters;
};

} // namespace dialogue
