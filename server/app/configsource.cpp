#include "server/app/configsource.h"

#include "core/base/foreigntext.h"

#include <QFile>

#include <cstdio>

namespace dialogue {

QString shownName(const QString &fileName) { return fileName == u"-" ? QStringLiteral("stdin") : fileName; }

ConfigReport configFrom(const QString &fileName)
{
    QFile input;
    if (fileName == u"-" && input.open(stdin, QIODevice::ReadOnly))
        return readConfig(input, shownName(fileName));
    return loadConfig(fileName);
}

void printIssues(const ConfigReport &report)
{
    for (const ConfigIssue &issue : report.issues)
        std::fputs((printable(issue.text()).toUtf8() + '\n').constData(), stderr);
}

} // namespace dialogue
