#include "server/app/typescommand.h"

#include "core/base/foreigntext.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/app/configsource.h"
#include "server/app/options.h"
#include "server/types/asyncapi.h"
#include "server/types/qtheader.h"
#include "server/types/typemodel.h"
#include "server/types/typescript.h"

#include <QJsonDocument>
#include <QSaveFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

int wrongTypes(const QString &message) { return wrongUsage(u"types: "_s + message, serverSyntax().name); }

QByteArray written(const Arguments &arguments, const ConfigReport &report)
{
    if (arguments.isSet(u"asyncapi"_s))
        return QJsonDocument(types::asyncApi(*report.config, report.schemas)).toJson();
    const types::TypeModel model = types::typesOf(*report.config, report.schemas);
    return (arguments.isSet(u"qt"_s) ? types::qtHeader(model) : types::typeScript(model)).toUtf8();
}

int saved(const QByteArray &text, const QString &fileName)
{
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return ExitOk;
    std::fputs((u"dialogue-server: "_s
                + printable(u"%1: cannot be written: %2"_s.arg(fileName, file.errorString())) + u'\n')
                   .toUtf8()
                   .constData(),
               stderr);
    return ExitFailed;
}

} // namespace

int runTypesCommand(const Arguments &arguments)
{
    if (arguments.operands().size() != 2)
        return wrongTypes(u"names one file"_s);
    const int languages = int(arguments.isSet(u"typescript"_s)) + int(arguments.isSet(u"qt"_s))
        + int(arguments.isSet(u"asyncapi"_s));
    if (languages > 1)
        return wrongTypes(u"takes one of --typescript, --qt and --asyncapi"_s);
    const ConfigReport report = configFrom(arguments.operands().at(1));
    printIssues(report);
    if (!report.config)
        return ExitUsage;
    const QByteArray text = written(arguments, report);
    if (arguments.isSet(u"output"_s))
        return saved(text, arguments.value(u"output"_s));
    return exitCodeOf(print(text));
}

} // namespace dialogue
