#include "core/event/eventhandlers.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/event/eventhandlers_p.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

EventHandlers::EventHandlers(std::shared_ptr<ExceptionLog> exceptions)
    : m_exceptions(std::move(exceptions))
{ }

EventHandlers::~EventHandlers() = default;

EventHandlers::Notifier *EventHandlers::find(const QString &event) const
{
    const auto found = std::ranges::find_if(
        m_notifiers, [&event](const auto &notifier) { return notifier->event == event; });
    return found == m_notifiers.end() ? nullptr : found->get();
}

QMetaObject::Connection EventHandlers::add(const QString &event, QObject *context, Handler handler)
{
    std::erase_if(m_notifiers, [](const auto &notifier) { return !notifier->isHeard(); });
    Notifier *notifier = find(event);
    if (!notifier)
        notifier = m_notifiers.emplace_back(std::make_unique<Notifier>(event)).get();
    return QObject::connect(
        notifier, &Notifier::happened, context,
        [exceptions = m_exceptions, handler = std::move(handler)](const EventMessage &message) {
            const auto where = [&message] { return QStringLiteral("of ") + quoted(message.event); };
            guarded(*exceptions, where, [&] { handler(message); });
        });
}

void EventHandlers::call(const EventMessage &message, const Held &held) const
{
    const QPointer<Notifier> own(find(message.event));
    const QPointer<Notifier> any(message.event == u"*" ? nullptr : find(QStringLiteral("*")));
    if (own)
        Q_EMIT own->happened(message, held);
    if (any) // A handler may have ended us.
        Q_EMIT any->happened(message, held);
}

void EventHandlers::clear() { m_notifiers.clear(); }

} // namespace dialogue
