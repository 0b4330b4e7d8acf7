#pragma once

#include "core/event/eventhandlers.h"

#include <QMetaMethod>
#include <QObject>

#include <utility>

namespace dialogue {

/** Qt's own connections know about threads, contexts that go, and senders that are deleted meanwhile. */
class EventHandlers::Notifier : public QObject
{
    Q_OBJECT
public:
    explicit Notifier(QString name)
        : event(std::move(name))
    { }
    [[nodiscard]] bool isHeard() const
    {
        return isSignalConnected(QMetaMethod::fromSignal(&Notifier::happened));
    }

    const QString event;

Q_SIGNALS:
    /** \a held goes along to who is in another thread. */
    void happened(const dialogue::EventMessage &message, const std::shared_ptr<void> &held);
};

} // namespace dialogue
