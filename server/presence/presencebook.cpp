#include "server/presence/presencebook.h"

namespace dialogue {

namespace {

/** Appends to a JSON array that is not closed yet; false: it would have more than \a most bytes. */
bool append(QByteArray &array, const QString &userId, int connections, qint64 most)
{
    const QByteArray text = protocol::PresentUser{userId, connections}.toText();
    const bool isFirst = array.size() == 1;
    if (!isFirst && array.size() + text.size() + 2 > most)
        return false;
    if (!isFirst)
        array += ',';
    array += text;
    return true;
}

} // namespace

qint64 PresenceBook::bytes(const QString &userId)
{
    constexpr qint64 node = 96; // Of the map,
    constexpr qint64 change = 32; // and of the list.
    return node + change + qint64(sizeof(QArrayData)) + userId.size() * qint64(sizeof(QChar));
}

void PresenceBook::enter(const QString &userId)
{
    const auto [user, isNew] = m_users.try_emplace(userId);
    if (isNew)
        m_bytes += bytes(userId);
    if (user->second.now++ == 0)
        ++m_counts.users;
    ++m_counts.connections;
    changed(user);
}

void PresenceBook::leave(const QString &userId)
{
    const auto user = m_users.find(userId);
    if (user == m_users.end() || user->second.now == 0)
        return;
    if (--user->second.now == 0)
        --m_counts.users;
    --m_counts.connections;
    changed(user);
}

void PresenceBook::changed(Users::iterator user)
{
    User &one = user->second;
    if (one.now == one.told) {
        told(user);
    } else if (!one.isChanged) {
        one.isChanged = true;
        one.change = m_changed.insert(m_changed.end(), user);
    }
}

void PresenceBook::told(Users::iterator user)
{
    User &one = user->second;
    if (one.isChanged)
        m_changed.erase(one.change);
    one.isChanged = false;
    one.told = one.now;
    if (one.now > 0)
        return;
    m_bytes -= bytes(user->first);
    m_users.erase(user);
}

QByteArray PresenceBook::takeChanges(qint64 most)
{
    QByteArray array = "[";
    while (!m_changed.empty()) {
        const Users::iterator user = m_changed.front();
        if (!append(array, user->first, user->second.now, most))
            break;
        told(user);
    }
    return array += ']';
}

void PresenceBook::settle()
{
    while (!m_changed.empty())
        told(m_changed.front());
}

PresenceBook::Page PresenceBook::page(const QString &after, int most, qint64 bytes) const
{
    Page page{.users = "[", .next = {}};
    QString last;
    for (auto user = m_users.upper_bound(after); user != m_users.end(); ++user) {
        if (user->second.told == 0)
            continue; // It is going to be told.
        if (most-- <= 0 || !append(page.users, user->first, user->second.told, bytes)) {
            page.next = last;
            break;
        }
        last = user->first;
    }
    page.users += ']';
    return page;
}

} // namespace dialogue
