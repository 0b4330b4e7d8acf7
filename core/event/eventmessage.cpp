#include "core/event/eventmessage.h"

#include "core/base/foreigntext.h"

#include <QDebug>

namespace dialogue {

namespace {

constexpr qsizetype ShownData = 200; // characters

QString shown(const JsonData &data)
{
    const QString text = QString::fromUtf8(data.text());
    return text.size() <= ShownData ? text : text.left(ShownData) + u'…';
}

} // namespace

QDebug operator<<(QDebug debug, const EventMessage &message)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "EventMessage(" << quoted(message.event) << " in " << quoted(message.roomId)
                              << ", from " << quoted(message.from) << ", offset " << message.offset << ", "
                              << quoted(shown(message.data));
    if (!message.attachments.isEmpty())
        debug << ", attachments " << message.attachments.size();
    return debug << ')';
}

} // namespace dialogue
