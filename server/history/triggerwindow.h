#pragma once

#include <QHash>
#include <QString>

#include <deque>
#include <list>
#include <optional>

namespace dialogue {

/** How many ids of triggers are remembered. */
struct TriggerWindowLimits
{
    int perUser = 1000;
    int total = 100'000;
};

/**
 * The ids users chose for their triggers, each with what became of it: a client that is not sure whether its
 * trigger arrived sends it again under the same id, and it is applied once.
 *
 * Each user has a window of the newest ids. When all of them together hold too many, whoever has more than a
 * fair share gives way first, then whoever was silent for longest: nobody's flood pushes out the others' ids.
 */
class TriggerWindow
{
public:
    struct Receipt
    {
        QString event;
        quint64 offset = 0;
        qint64 timestamp = 0; ///< ms since the epoch.
    };

    explicit TriggerWindow(TriggerWindowLimits limits);

    /** What became of the trigger \a user sent to the room of \a stream under \a id, while it is remembered.
     */
    [[nodiscard]] std::optional<Receipt> find(const QString &user, quint64 stream, const QString &id) const;
    void add(const QString &user, quint64 stream, const QString &id, const Receipt &receipt);

    [[nodiscard]] int size() const { return m_size; }

private:
    using Key = std::pair<quint64, QString>;
    struct User
    {
        QString name;
        QHash<Key, Receipt> receipts;
        std::deque<Key> order; ///< Oldest first.
    };
    using Users = std::list<User>;

    Users::iterator touch(const QString &name);
    void forgetOldest(Users::iterator user);
    [[nodiscard]] qsizetype fairShare() const;

    TriggerWindowLimits m_limits;
    Users m_users; ///< Silent for longest first.
    QHash<QString, Users::iterator> m_byName;
    int m_size = 0;
};

} // namespace dialogue
