#include "client/connection/subscriptionset.h"

namespace dialogue::client {

SubscriptionSet::SubscriptionSet(std::optional<QStringList> base)
    : m_base(std::move(base))
{ }

void SubscriptionSet::learn(const QStringList &base)
{
    if (!m_base)
        m_base = base;
}

void SubscriptionSet::add(const QString &event)
{
    m_removed.removeAll(event);
    if (!m_added.contains(event))
        m_added.append(event);
}

void SubscriptionSet::remove(const QString &event)
{
    m_added.removeAll(event);
    if (!m_removed.contains(event))
        m_removed.append(event);
}

std::optional<QStringList> SubscriptionSet::all() const
{
    if (!m_base)
        return std::nullopt;
    QStringList names = *m_base + m_added;
    names.removeDuplicates();
    for (const QString &event : m_removed)
        names.removeAll(event);
    return names;
}

} // namespace dialogue::client
