#pragma once

#include "core/protocol/dialogue/presence.h"

#include <QByteArray>
#include <QString>

#include <list>
#include <map>

namespace dialogue {

/**
 * Who is in one room: how it is, and how those know it who were told. What has changed since waits, one entry
 * for each user, until it is taken to be told; who comes and goes meanwhile leaves nothing to tell. Each
 * change takes time by the logarithm of the users at most. Knows no sockets.
 */
class PresenceBook
{
public:
    /** A connection of that user came, or went. */
    void enter(const QString &userId);
    void leave(const QString &userId);

    [[nodiscard]] const protocol::PresenceCounts &counts() const { return m_counts; }
    [[nodiscard]] bool hasChanges() const { return !m_changed.empty(); }
    [[nodiscard]] bool isEmpty() const { return m_users.empty(); }

    /** A JSON array of what has changed, the oldest first: no more than \a most bytes of it, but one in any
     * case. It is told by that. */
    [[nodiscard]] QByteArray takeChanges(qint64 most);
    /** Nobody has to be told. */
    void settle();

    struct Page
    {
        QByteArray users; ///< A JSON array, by the order of their ids.
        QString next; ///< The last of them, where there are more.
    };
    /** As was told. */
    [[nodiscard]] Page page(const QString &after, int most, qint64 bytes) const;

    /** What it takes to keep a user. */
    [[nodiscard]] static qint64 bytes(const QString &userId);
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    struct User;
    using Users = std::map<QString, User>;
    using Changed = std::list<Users::iterator>;
    struct User
    {
        int now = 0;
        int told = 0;
        bool isChanged = false;
        Changed::iterator change = {};
    };

    void changed(Users::iterator user);
    /** It is how it was told. */
    void told(Users::iterator user);

    Users m_users; ///< Those too of whom it is still to be told that they left.
    Changed m_changed; ///< The oldest first.
    protocol::PresenceCounts m_counts;
    qint64 m_bytes = 0;
};

} // namespace dialogue
