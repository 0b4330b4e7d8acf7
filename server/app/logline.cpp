#include "server/app/logline.h"

#include "core/base/foreigntext.h"
#include "core/json/objectwriter.h"

namespace dialogue {

namespace {

constexpr qsizetype MostCharacters = 1200; // Of three bytes at most.
constexpr qsizetype MostCharactersOfAnId = 64;

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

QString shortened(const QString &message, qsizetype most)
{
    QString text = printable(QStringView(message).first(qMin(message.size(), most)));
    if (text.size() > most || message.size() > most)
        text = text.first(qMin(text.size(), most)) + QStringLiteral(" ...");
    return text;
}

} // namespace

QByteArray logLine(const QDateTime &time, QtMsgType type, const QByteArray &category, const QString &message,
                   LogStyle style, const LogIds &ids)
{
    const Level level = levelOf(type);
    const QByteArray priority
        = style.hasPriority ? '<' + QByteArray::number(level.priority) + '>' : QByteArray();
    const QString when = time.toUTC().toString(Qt::ISODateWithMs);
    if (!style.isJson) {
        return priority + when.toLatin1() + ' ' + level.name + ' ' + category + ": "
            + shortened(message, MostCharacters).toUtf8() + '\n';
    }
    json::ObjectWriter line;
    const auto add = [&line](QLatin1StringView name, const QString &text, qsizetype most) {
        if (!text.isEmpty())
            line.string(name, shortened(text, most));
    };
    add(QLatin1StringView("time"), when, MostCharactersOfAnId);
    add(QLatin1StringView("level"), QString::fromLatin1(level.name), MostCharactersOfAnId);
    add(QLatin1StringView("category"), QString::fromUtf8(category), MostCharactersOfAnId);
    // What the other members take is left out here.
    line.string(QLatin1StringView("message"), shortened(message, MostCharacters - 4 * MostCharactersOfAnId));
    add(QLatin1StringView("session"), ids.session, MostCharactersOfAnId);
    add(QLatin1StringView("event"), ids.event, MostCharactersOfAnId);
    add(QLatin1StringView("trace"), ids.trace, MostCharactersOfAnId);
    return priority + line.take() + '\n';
}

} // namespace dialogue
