#include "server/app/logline.h"

#include "core/base/foreigntext.h"

namespace dialogue {

namespace {

constexpr qsizetype MostCharacters = 1200; // Of three bytes at most.

struct Level
{
    const char *name;
    int priority; ///< syslog(3)
};

Level levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return {"debug", 7};
    case QtInfoMsg:
        return {"info", 6};
    case QtWarningMsg:
        return {"warning", 4};
    case QtCriticalMsg:
        return {"error", 3};
    case QtFatalMsg:
        break;
    }
    return {"fatal", 2};
}

} // namespace

QByteArray logLine(const QDateTime &time, QtMsgType type, const QByteArray &category, const QString &message,
                   LogStyle style)
{
    const Level level = levelOf(type);
    QString text = printable(QStringView(message).first(qMin(message.size(), MostCharacters)));
    if (text.size() > MostCharacters || message.size() > MostCharacters)
        text = text.first(qMin(text.size(), MostCharacters)) + QStringLiteral(" ...");
    const QByteArray priority
        = style == LogStyle::Journal ? '<' + QByteArray::number(level.priority) + '>' : QByteArray();
    return priority + time.toUTC().toString(Qt::ISODateWithMs).toLatin1() + ' ' + level.name + ' ' + category
        + ": " + text.toUtf8() + '\n';
}

} // namespace dialogue
