#include "server/loop/turnend.h"

#include "server/loop/turndispatcher.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace dialogue {

Flushable::~Flushable()
{
    if (m_list)
        (*m_list)[m_index] = nullptr;
}

TurnEnd::TurnEnd(QObject *parent)
    : QObject(parent)
{
    QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    m_dispatcher = qobject_cast<TurnDispatcher *>(dispatcher);
    if (dispatcher)
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &TurnEnd::turnEnds);
}

TurnEnd::~TurnEnd()
{
    for (const auto *list : {&m_scheduled, &m_postponed}) {
        for (Flushable *flushable : *list) {
            if (flushable)
                flushable->m_list = nullptr;
        }
    }
}

void TurnEnd::scheduleIn(std::vector<Flushable *> &list, Flushable *flushable)
{
    flushable->m_list = &list;
    flushable->m_index = list.size();
    list.push_back(flushable);
}

void TurnEnd::schedule(Flushable *flushable)
{
    if (flushable->m_list)
        return;
    scheduleIn(m_scheduled, flushable);
    if (!m_dispatcher && !std::exchange(m_posted, true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User), Qt::LowEventPriority);
}

void TurnEnd::postpone(Flushable *flushable, std::chrono::nanoseconds limit)
{
    scheduleIn(m_postponed, flushable);
    m_dispatcher->limitWait(limit);
}

void TurnEnd::turnEnds()
{
    m_turnEnds = m_dispatcher && !m_flushing;
    flushAll();
    m_turnEnds = false;
}

void TurnEnd::flushAll()
{
    if (std::exchange(m_flushing, true))
        return; // A nested event loop in a flush: the outer one goes on.
    for (Flushable *flushable : std::exchange(m_postponed, {})) {
        if (flushable)
            scheduleIn(m_scheduled, flushable);
    }
    // By index: a flush may schedule others, which append, and destroy others, which leave a hole.
    // NOLINTNEXTLINE(modernize-loop-convert)
    for (std::size_t i = 0; i < m_scheduled.size(); ++i) {
        if (Flushable *flushable = std::exchange(m_scheduled[i], nullptr)) {
            flushable->m_list = nullptr;
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
