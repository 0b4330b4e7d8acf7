#pragma once

#include "server/memory/memorybudget.h"

#include <QString>

#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace dialogue {

/** How much is remembered of the ids of triggers. */
struct TriggerWindowLimits
{
    int perUser = 1000; ///< Ids.
    int total = 100'000; ///< Ids.
    qint64 bytes = 33'554'432; ///< Of all together, overhead included.
};

/**
 * The ids users chose for their triggers, each with what became of it: a client that is not sure whether its
 * trigger arrived sends it again under the same id, and it is applied once.
 *
 * Each user has a window of the newest ids. When all of them together take too much, whoever takes most gives
 * way first, and of those who take about as much who was silent for longest. It is not users who are compared
 * but where they come from, which is what they cannot make up: a verified user by that name, a claimed one by
 * its address. So a flood pushes out its own, under whatever names it comes.
 */
class TriggerWindow
{
public:
    struct Receipt
    {
        QString event;
        quint64 offset = 0;
        qint64 timestamp = 0; ///< ms since the epoch.
        bool isUnknown = false; ///< Nobody knows whether it was applied.
    };
    /** Whose trigger it was. */
    struct Sender
    {
        const QString &user;
        const QString &origin; ///< A verified user, or an address.
    };

    TriggerWindow(const TriggerWindowLimits &limits, MemoryBudget &memory);
    ~TriggerWindow();
    Q_DISABLE_COPY_MOVE(TriggerWindow)

    /** What became of the trigger \a user sent to the room of \a stream under \a id, while it is remembered.
     */
    [[nodiscard]] std::optional<Receipt> find(const QString &user, quint64 stream, const QString &id) const;
    void add(const Sender &sender, quint64 stream, const QString &id, const Receipt &receipt);

    [[nodiscard]] int size() const { return static_cast<int>(m_entries.size()); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    struct Entry;
    /** Entries in the order they came. */
    struct List
    {
        Entry *oldest = nullptr;
        Entry *newest = nullptr;
    };
    struct Links
    {
        Entry *older = nullptr;
        Entry *newer = nullptr;
    };
    /** One user's ids, wherever they came from. */
    struct User
    {
        QString name;
        List entries;
        int count = 0;
    };
    struct Origin;
    struct Holder;
    /** What an entry is found by. */
    struct Key
    {
        const QString &user;
        quint64 stream;
        const QString &id;
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(const Key &key) const;
        std::size_t operator()(const std::unique_ptr<Entry> &entry) const;
    };
    struct Equal
    {
        using is_transparent = void;
        bool operator()(const std::unique_ptr<Entry> &a, const std::unique_ptr<Entry> &b) const;
        bool operator()(const std::unique_ptr<Entry> &a, const Key &b) const;
        bool operator()(const Key &a, const std::unique_ptr<Entry> &b) const;
    };

    template <Links Entry::*Place>
    static void append(List &list, Entry &entry);
    template <Links Entry::*Place>
    static void remove(List &list, Entry &entry);
    User &userOf(const QString &name);
    Holder &holderOf(const Sender &sender);
    void forget(Entry &entry);
    void forgetOfLargest();
    void count(Holder &holder, qint64 bytes);

    TriggerWindowLimits m_limits;
    MemoryBudget &m_memory;
    qint64 m_bytes = 0;
    SizeClasses<Origin> m_sizes;
    std::unordered_map<QString, std::unique_ptr<User>> m_users;
    std::unordered_map<QString, std::unique_ptr<Origin>> m_origins;
    std::unordered_set<std::unique_ptr<Entry>, Hash, Equal> m_entries;
};

} // namespace dialogue
