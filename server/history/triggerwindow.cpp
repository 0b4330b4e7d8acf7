#include "server/history/triggerwindow.h"

#include <algorithm>

namespace dialogue {

TriggerWindow::TriggerWindow(TriggerWindowLimits limits)
    : m_limits(limits)
{ }

std::optional<TriggerWindow::Receipt> TriggerWindow::find(const QString &user, quint64 stream,
                                                          const QString &id) const
{
    const auto known = m_byName.constFind(user);
    if (known == m_byName.cend())
        return std::nullopt;
    const QHash<Key, Receipt> &receipts = (*known)->receipts;
    const auto receipt = receipts.constFind({stream, id});
    return receipt == receipts.cend() ? std::nullopt : std::optional(*receipt);
}

void TriggerWindow::add(const QString &user, quint64 stream, const QString &id, const Receipt &receipt)
{
    if (m_limits.perUser == 0 || m_limits.total == 0)
        return;
    const auto sender = touch(user);
    const Key key{stream, id};
    if (!sender->receipts.contains(key)) {
        sender->order.push_back(key);
        ++m_size;
    }
    sender->receipts.insert(key, receipt);

    if (sender->receipts.size() > m_limits.perUser)
        forgetOldest(sender);
    if (m_size > m_limits.total)
        forgetOldest(sender->receipts.size() > fairShare() ? sender : m_users.begin());
}

TriggerWindow::Users::iterator TriggerWindow::touch(const QString &name)
{
    if (const auto known = m_byName.constFind(name); known != m_byName.cend()) {
        m_users.splice(m_users.end(), m_users, *known);
        return *known;
    }
    const auto added = m_users.insert(m_users.end(), User{.name = name, .receipts = {}, .order = {}});
    m_byName.insert(name, added);
    return added;
}

void TriggerWindow::forgetOldest(Users::iterator user)
{
    user->receipts.remove(user->order.front());
    user->order.pop_front();
    --m_size;
    if (user->order.empty()) {
        m_byName.remove(user->name);
        m_users.erase(user);
    }
}

qsizetype TriggerWindow::fairShare() const
{
    return std::max<qsizetype>(1, m_limits.total / static_cast<qsizetype>(m_users.size()));
}

} // namespace dialogue
