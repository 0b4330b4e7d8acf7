#include "server/config/issues.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace dialogue {

QString ConfigIssue::text() const
{
    QString text = fileName;
    if (line > 0)
        text += u":%1:%2"_s.arg(line).arg(column);
    text += u": "_s;
    if (severity == Severity::Warning)
        text += u"warning: "_s;
    if (!path.isEmpty())
        text += path + u": "_s;
    return text + message;
}

QList<ConfigIssue> config::Issues::sorted() const
{
    QList<ConfigIssue> issues = m_issues;
    std::stable_sort(issues.begin(), issues.end(), [](const ConfigIssue &a, const ConfigIssue &b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    return issues;
}

} // namespace dialogue
