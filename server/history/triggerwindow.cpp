#include "server/history/triggerwindow.h"

#include <QHash>

namespace dialogue {

/** The ids of one user that came from one place. */
struct TriggerWindow::Holder : SizeClassNode
{
    Origin *origin = nullptr;
    QString user;
    List entries;
};

/** Where ids come from. */
struct TriggerWindow::Origin : SizeClassNode
{
    QString name;
    std::unordered_map<QString, std::unique_ptr<Holder>> holders; ///< By user.
    SizeClasses<Holder> sizes;
};

struct TriggerWindow::Entry
{
    User *user;
    Holder *holder;
    quint64 stream;
    QString id;
    Receipt receipt;
    Links ofUser = {};
    Links ofHolder = {};

    [[nodiscard]] Key key() const { return {user->name, stream, id}; }
    [[nodiscard]] qint64 bytes() const
    {
        constexpr qint64 allocations = 4 * 16; // The entry, its node in the set, two strings.
        constexpr qint64 node = 4 * sizeof(void *);
        constexpr qint64 strings = 2 * sizeof(QArrayData);
        return allocations + node + strings + qint64(sizeof(Entry))
            + (id.size() + receipt.event.size()) * qint64(sizeof(QChar));
    }
};

template <TriggerWindow::Links TriggerWindow::Entry::*Place>
void TriggerWindow::append(List &list, Entry &entry)
{
    (entry.*Place).older = list.newest;
    (list.newest ? (list.newest->*Place).newer : list.oldest) = &entry;
    list.newest = &entry;
}

template <TriggerWindow::Links TriggerWindow::Entry::*Place>
void TriggerWindow::remove(List &list, Entry &entry)
{
    const auto [older, newer] = entry.*Place;
    (older ? (older->*Place).newer : list.oldest) = newer;
    (newer ? (newer->*Place).older : list.newest) = older;
}

std::size_t TriggerWindow::Hash::operator()(const Key &key) const
{
    return qHashMulti(0, key.user, key.stream, key.id);
}

std::size_t TriggerWindow::Hash::operator()(const std::unique_ptr<Entry> &entry) const
{
    return (*this)(entry->key());
}

bool TriggerWindow::Equal::operator()(const std::unique_ptr<Entry> &a, const Key &b) const
{
    return a->stream == b.stream && a->id == b.id && a->user->name == b.user;
}

bool TriggerWindow::Equal::operator()(const Key &a, const std::unique_ptr<Entry> &b) const
{
    return (*this)(b, a);
}

bool TriggerWindow::Equal::operator()(const std::unique_ptr<Entry> &a, const std::unique_ptr<Entry> &b) const
{
    return (*this)(a, b->key());
}

TriggerWindow::TriggerWindow(const TriggerWindowLimits &limits, MemoryBudget &memory)
    : m_limits(limits)
    , m_memory(memory)
{ }

TriggerWindow::~TriggerWindow() { m_memory.add(-m_bytes); }

std::optional<TriggerWindow::Receipt> TriggerWindow::find(const QString &user, quint64 stream,
                                                          const QString &id) const
{
    const auto found = m_entries.find(Key{user, stream, id});
    return found == m_entries.end() ? std::nullopt : std::optional((*found)->receipt);
}

void TriggerWindow::add(const Sender &sender, quint64 stream, const QString &id, const Receipt &receipt)
{
    if (m_limits.perUser == 0 || m_limits.total == 0)
        return;
    if (const auto found = m_entries.find(Key{sender.user, stream, id}); found != m_entries.end())
        forget(**found);

    User &user = userOf(sender.user);
    Holder &holder = holderOf(sender);
    auto entry = std::make_unique<Entry>(
        Entry{.user = &user, .holder = &holder, .stream = stream, .id = id, .receipt = receipt});
    append<&Entry::ofUser>(user.entries, *entry);
    append<&Entry::ofHolder>(holder.entries, *entry);
    ++user.count;
    count(holder, entry->bytes());
    m_sizes.touch(*holder.origin);
    holder.origin->sizes.touch(holder);
    m_entries.insert(std::move(entry));

    if (user.count > m_limits.perUser)
        forget(*user.entries.oldest);
    while (!m_entries.empty() && (size() > m_limits.total || m_bytes > m_limits.bytes))
        forgetOfLargest();
}

TriggerWindow::User &TriggerWindow::userOf(const QString &name)
{
    std::unique_ptr<User> &user = m_users[name];
    if (!user)
        user = std::make_unique<User>(User{.name = name, .entries = {}});
    return *user;
}

TriggerWindow::Holder &TriggerWindow::holderOf(const Sender &sender)
{
    std::unique_ptr<Origin> &origin = m_origins[sender.origin];
    if (!origin) {
        origin = std::make_unique<Origin>();
        origin->name = sender.origin;
    }
    std::unique_ptr<Holder> &holder = origin->holders[sender.user];
    if (!holder) {
        holder = std::make_unique<Holder>();
        holder->origin = origin.get();
        holder->user = sender.user;
    }
    return *holder;
}

void TriggerWindow::count(Holder &holder, qint64 bytes)
{
    m_bytes += bytes;
    m_memory.add(bytes);
    m_sizes.set(*holder.origin, holder.origin->bytes() + bytes);
    holder.origin->sizes.set(holder, holder.bytes() + bytes);
}

void TriggerWindow::forgetOfLargest() { forget(*m_sizes.largest()->sizes.largest()->entries.oldest); }

void TriggerWindow::forget(Entry &entry)
{
    User &user = *entry.user;
    Holder &holder = *entry.holder;
    Origin &origin = *holder.origin;
    remove<&Entry::ofUser>(user.entries, entry);
    remove<&Entry::ofHolder>(holder.entries, entry);
    count(holder, -entry.bytes());
    m_entries.erase(m_entries.find(entry.key()));
    if (--user.count == 0)
        m_users.erase(QString(user.name));
    if (!holder.entries.oldest)
        origin.holders.erase(QString(holder.user));
    if (origin.holders.empty())
        m_origins.erase(QString(origin.name));
}

} // namespace dialogue
