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

void config::Issues::conceal(const QString &value, const QString &name)
{
    // What is shorter is no secret, and is shown by nothing that tells of the value alone: see describe().
    constexpr qsizetype ShortestSecret = 12;
    if (value.size() < ShortestSecret)
        return;
    m_concealed.append({value, name});
    if (const QString shown = visible(value); shown != value)
        m_concealed.append({shown, name});
}

void config::Issues::add(ConfigIssue::Severity severity, FilePosition position, const QString &path,
                         QString message)
{
    for (const auto &[value, name] : std::as_const(m_concealed))
        message.replace(value, name);
    m_issues.append({.severity = severity,
                     .fileName = m_fileName,
                     .line = position.line,
                     .column = position.column,
                     .path = path,
                     .message = message});
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
