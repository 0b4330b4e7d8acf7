#include "cli/commands/eventtext.h"

#include "core/json/writer.h"
#include "core/protocol/dialogue/eventmessage.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

QByteArray eventLine(const EventMessage &message, const Style &style)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(message.timestamp);
    const bool isToday = time.date() == QDate::currentDate();
    QByteArray data;
    json::appendValue(data, message.data);

    QString line
        = style(Style::Dim, time.toString(isToday ? u"HH:mm:ss.zzz"_s : u"yyyy-MM-dd HH:mm:ss.zzz"_s));
    line += u' ' + style(Style::Cyan, shown(message.roomId));
    if (message.offset > 0)
        line += u' ' + style(Style::Dim, u"#%1"_s.arg(message.offset));
    line += u' ' + style(Style::Green, shown(message.event));
    line += u' ' + style(Style::Yellow, shown(message.from));
    line += u' ' + shown(QString::fromUtf8(data));
    if (!message.attachments.isEmpty())
        line += u' ' + style(Style::Dim, u"+%1 binary"_s.arg(message.attachments.size()));
    return (line + u'\n').toUtf8();
}

QByteArray eventJson(const EventMessage &message)
{
    return shown(QString::fromUtf8(protocol::encodeEventMessage(message))).toUtf8() + '\n';
}

} // namespace dialogue::cli
