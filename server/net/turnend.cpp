#include "server/net/turnend.h"

#include "server/net/epolldispatcher.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace dialogue {

Flushable::~Flushable()
{
    if (m_scheduledAt)
        m_scheduledAt->m_scheduled[m_index] = nullptr;
}

TurnEnd::TurnEnd(QObject *parent)
    : QObject(parent)
{
    QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    m_needsEvent = !qobject_cast<EpollDispatcher *>(dispatcher);
    if (dispatcher)
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &TurnEnd::flushAll);
}

TurnEnd::~TurnEnd()
{
    for (Flushable *flushable : m_scheduled) {
        if (flushable)
            flushable->m_scheduledAt = nullptr;
    }
}

void TurnEnd::schedule(Flushable *flushable)
{
    if (flushable->m_scheduledAt)
        return;
    flushable->m_scheduledAt = this;
    flushable->m_index = m_scheduled.size();
    m_scheduled.push_back(flushable);
    if (m_needsEvent && !std::exchange(m_posted, true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User), Qt::LowEventPriority);
}

void TurnEnd::flushAll()
{
    if (std::exchange(m_flushing, true))
        return; // A nested event loop in a flush: the outer one goes on.
    // By index: a flush may schedule others, which append, and destroy others, which leave a hole.
    // NOLINTNEXTLINE(modernize-loop-convert)
    for (std::size_t i = 0; i < m_scheduled.size(); ++i) {
        if (Flushable *flushable = std::exchange(m_scheduled[i], nullptr)) {
            flushable->m_scheduledAt = nullptr;
            flushable->flush();
        }
    }
    m_scheduled.clear();
    m_flushing = false;
}

bool TurnEnd::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    m_posted = false;
    flushAll();
    return true;
}

} // namespace dialogue
