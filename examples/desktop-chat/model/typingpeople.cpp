#include "model/typingpeople.h"

#include <algorithm>
#include <utility>

namespace chat {

TypingPeople::TypingPeople(std::chrono::milliseconds lasts, QObject *parent)
    : QObject(parent)
    , m_lasts(lasts)
{
    m_timer.setInterval(std::max(lasts / 10, std::chrono::milliseconds(10)));
    connect(&m_timer, &QTimer::timeout, this, &TypingPeople::forgetSilent);
}

void TypingPeople::set(const QString &userId, bool isTyping)
{
    const bool was = m_people.contains(userId);
    if (!isTyping)
        m_people.remove(userId);
    else if (was || m_people.size() < MaxPeople)
        m_people[userId] = QDeadlineTimer(m_lasts);
    if (m_people.isEmpty())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
    if (was != m_people.contains(userId))
        Q_EMIT changed();
}

void TypingPeople::clear()
{
    m_timer.stop();
    if (!std::exchange(m_people, {}).isEmpty())
        Q_EMIT changed();
}

QString TypingPeople::text() const
{
    QStringList names = m_people.keys();
    names.sort();
    switch (names.size()) {
    case 0:
        return {};
    case 1:
        return tr("%1 is typing…").arg(names[0]);
    case 2:
        return tr("%1 and %2 are typing…").arg(names[0], names[1]);
    default:
        return tr("%n people are typing…", nullptr, static_cast<int>(names.size()));
    }
}

void TypingPeople::forgetSilent()
{
    if (m_people.removeIf([](const auto &person) { return person.value().hasExpired(); }) > 0)
        Q_EMIT changed();
    if (m_people.isEmpty())
        m_timer.stop();
}

} // namespace chat
