#include "server/app/storeschemas.h"

#include "core/base/foreigntext.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/app/configsource.h"
#include "server/rules/roomtemplates.h"
#include "server/store/schemacheck.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

void toStandardError(const QString &text) { std::fputs(text.toUtf8().constData(), stderr); }

QList<EventDefinition> declaredIn(const ServerConfig &config, const QString &roomId, bool isOfClient)
{
    const auto room = std::ranges::find(config.rooms, roomId, &RoomConfig::id);
    if (room != config.rooms.end())
        return room->events;
    const RoomTemplate *const fits
        = isOfClient ? templateFor(roomId, config.roomCreation.templates) : nullptr;
    return fits ? fits->room.events : QList<EventDefinition>();
}

QString lineOf(const store::SchemaMisfit &misfit)
{
    const QString rule = misfit.why.faults.isEmpty() ? QString() : misfit.why.faults.constFirst().rule;
    return u"%1, event %2 (%3): %4%5\n"_s.arg(printable(misfit.roomId))
        .arg(misfit.offset)
        .arg(printable(misfit.event), printable(misfit.why.text()),
             rule.isEmpty() ? QString() : u" [%1]"_s.arg(printable(rule)));
}

} // namespace

int checkSchemas(const QString &path, const QString &configFile)
{
    const ConfigReport config = configFrom(configFile);
    printIssues(config);
    if (!config.config)
        return ExitUsage;
    store::CheckProgress progress;
    if (isatty(STDERR_FILENO) == 1) {
        progress = [](qint64 looked, qint64 all) {
            toStandardError(u"\r%1 of %2 events\x1b[K"_s.arg(looked).arg(all));
        };
    }
    const auto report = store::holdToSchemas(
        path,
        [&config](const QString &roomId, bool isOfClient) {
            return declaredIn(*config.config, roomId, isOfClient);
        },
        progress);
    if (progress)
        toStandardError(u"\r\x1b[K"_s);
    if (!report) {
        toStandardError(u"dialogue-server: "_s + printable(report.error().message) + u'\n');
        return report.error().code == ErrorCode::ConfigError ? ExitUsage : ExitFailed;
    }
    for (const store::SchemaMisfit &misfit : report->first)
        toStandardError(lineOf(misfit));
    QString text = u"%1: of %2 events %3 do not fit their schemas"_s.arg(printable(path))
                       .arg(report->events)
                       .arg(report->misfits);
    if (report->undeclared > 0)
        text += u"; %1 more are of rooms or names that the configuration does not declare"_s.arg(
            report->undeclared);
    const int printed = exitCodeOf(print((text + u'\n').toUtf8()));
    return report->misfits > 0 ? ExitFailed : printed;
}

} // namespace dialogue
