#include "server/middleware/eventlines.h"

#include "core/base/foreigntext.h"

#include <utility>

namespace dialogue {

namespace {

constexpr qsizetype MostShown = 64; // Of a stranger's name, in characters.

QString shown(const QString &text) { return quoted(QStringView(text).left(MostShown)); }

} // namespace

std::optional<EventLines::Leave> EventLines::take(Clock::time_point now)
{
    if (now - m_second >= std::chrono::seconds(1)) {
        m_second = now;
        m_lines = 0;
    }
    if (m_lines >= m_perSecond) {
        ++m_leftOut;
        return std::nullopt;
    }
    ++m_lines;
    return Leave{std::exchange(m_leftOut, 0)};
}

QString EventLines::lineOf(const EventMessage &message, const Leave &leave)
{
    QString line = QStringLiteral("%1 in %2 by %3")
                       .arg(shown(message.event), shown(message.roomId), shown(message.from));
    if (!message.id.isEmpty())
        line += QStringLiteral(" (id %1)").arg(shown(message.id));
    const QByteArray &text = message.data.ownText();
    line
        += QStringLiteral(": %1 bytes of data").arg(text.isNull() ? message.data.text().size() : text.size());
    if (!message.attachments.isEmpty())
        line += QStringLiteral(", %1 attachments").arg(message.attachments.size());
    if (leave.leftOut > 0)
        line += QStringLiteral(" (%1 events before it have no line)").arg(leave.leftOut);
    return line;
}

} // namespace dialogue
