#include "cli/commands/eventtext.h"

#include "core/base/foreigntext.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/eventmessage.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

QString timeText(const QDateTime &time)
{
    const bool isToday = time.date() == QDate::currentDate();
    return time.toString(isToday ? u"HH:mm:ss.zzz"_s : u"yyyy-MM-dd HH:mm:ss.zzz"_s);
}

QString reasonText(Gap::Reason reason)
{
    switch (reason) {
    case Gap::Reason::Dropped:
        return u"dropped, as this reader was too slow"_s;
    case Gap::Reason::Replaced:
        return u"replaced by newer ones, as this reader was too slow"_s;
    case Gap::Reason::Unrecoverable:
        break;
    }
    return u"not recoverable"_s;
}

QString reasonName(Gap::Reason reason)
{
    switch (reason) {
    case Gap::Reason::Dropped:
        return u"dropped"_s;
    case Gap::Reason::Replaced:
        return u"replaced"_s;
    case Gap::Reason::Unrecoverable:
        break;
    }
    return u"unrecoverable"_s;
}

} // namespace

QByteArray eventLine(const EventMessage &message, const Style &style)
{
    QByteArray data;
    message.data.appendTo(data);

    QString line = style(Style::Dim, timeText(QDateTime::fromMSecsSinceEpoch(message.timestamp)));
    const bool isDirect = message.roomId.isEmpty();
    line += u' '
        + (isDirect ? style(Style::Bold, u"(direct)"_s) : style(Style::Cyan, printable(message.roomId)));
    if (message.offset > 0)
        line += u' ' + style(Style::Dim, u"#%1"_s.arg(message.offset));
    line += u' ' + style(Style::Green, printable(message.event));
    line += u' ' + style(Style::Yellow, printable(message.from));
    line += u' ' + printable(QString::fromUtf8(data));
    if (!message.attachments.isEmpty())
        line += u' ' + style(Style::Dim, u"+%1 binary"_s.arg(message.attachments.size()));
    return (line + u'\n').toUtf8();
}

QByteArray eventJson(const EventMessage &message)
{
    return printable(QString::fromUtf8(protocol::encodeEventMessage(message))).toUtf8() + '\n';
}

QByteArray directJson(const EventMessage &message)
{
    json::ObjectWriter what;
    what.string("event"_L1, message.event);
    what.value("data"_L1, message.data);
    what.number("timestamp"_L1, message.timestamp);
    json::ObjectWriter line;
    line.text("direct"_L1, what.take());
    return printable(QString::fromUtf8(line.take())).toUtf8() + '\n';
}

QByteArray gapLine(const QString &roomId, const Gap &gap, const Style &style)
{
    const QString range
        = gap.from == gap.to ? u"#%1"_s.arg(gap.from) : u"#%1 to #%2"_s.arg(gap.from).arg(gap.to);
    QString line = style(Style::Dim, timeText(QDateTime::currentDateTime()));
    line += u' ' + style(Style::Cyan, printable(roomId));
    line += u' ' + style(Style::Bold, u"%1 missing: %2"_s.arg(range, reasonText(gap.reason)));
    return (line + u'\n').toUtf8();
}

QByteArray gapJson(const QString &roomId, const Gap &gap)
{
    json::ObjectWriter what;
    what.string("roomId"_L1, roomId);
    what.number("from"_L1, static_cast<qint64>(gap.from));
    what.number("to"_L1, static_cast<qint64>(gap.to));
    what.string("reason"_L1, reasonName(gap.reason));
    json::ObjectWriter line;
    line.text("gap"_L1, what.take());
    return printable(QString::fromUtf8(line.take())).toUtf8() + '\n';
}

} // namespace dialogue::cli
