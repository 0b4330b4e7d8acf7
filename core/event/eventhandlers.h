#pragma once

#include "core/base/export.h"
#include "core/event/eventmessage.h"

#include <QMetaObject>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

class ExceptionLog;

/**
 * Who wants to hear of which events. A handler is called in the thread of its context, as a slot is, for as
 * long as that lives; what it throws is logged, and the others are called all the same.
 */
class DIALOGUE_CORE_EXPORT EventHandlers
{
public:
    using Handler = std::function<void(const EventMessage &)>;
    /** Something that lives for as long as an event is not heard by all: it waits in the event loops of other
     * threads. May be null. */
    using Held = std::shared_ptr<void>;

    /** What handlers throw goes to \a exceptions. */
    explicit EventHandlers(std::shared_ptr<ExceptionLog> exceptions);
    ~EventHandlers();
    Q_DISABLE_COPY_MOVE(EventHandlers)

    /** For each \a event ("*": any). QObject::disconnect() of what is given back ends it. */
    QMetaObject::Connection add(const QString &event, QObject *context, Handler handler);
    /** Those of its event first, then those of any. A handler may do anything, also end this object. */
    void call(const EventMessage &message, const Held &held = {}) const;
    [[nodiscard]] bool isEmpty() const { return m_notifiers.empty(); }
    void clear(); ///< Those that are still to be called are not.

private:
    class Notifier;
    [[nodiscard]] Notifier *find(const QString &event) const;

    std::shared_ptr<ExceptionLog> m_exceptions; ///< Handlers of other threads may throw after our end.
    std::vector<std::unique_ptr<Notifier>> m_notifiers; ///< One for each event that somebody wants.
};

} // namespace dialogue
