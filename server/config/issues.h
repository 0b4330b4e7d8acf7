#pragma once

#include "server/config/configfile.h"
#include "server/config/node.h"

namespace dialogue::config {

/** Collects what is wrong with one file, up to a number a person wants to read at once. */
class Issues
{
public:
    static constexpr int kMaxErrors = 20;

    explicit Issues(const QString &fileName)
        : m_fileName(fileName)
    { }

    void error(Position position, const QString &path, const QString &message)
    {
        if (++m_errors <= kMaxErrors)
            add(ConfigIssue::Severity::Error, position, path, message);
    }
    void warning(Position position, const QString &path, const QString &message)
    {
        add(ConfigIssue::Severity::Warning, position, path, message);
    }

    [[nodiscard]] bool hasErrors() const { return m_errors > 0; }
    [[nodiscard]] int errorCount() const { return m_errors; }
    [[nodiscard]] const QString &fileName() const { return m_fileName; }

    /** All of them, in the order of the file. */
    [[nodiscard]] QList<ConfigIssue> sorted() const;

private:
    void add(ConfigIssue::Severity severity, Position position, const QString &path, const QString &message)
    {
        m_issues.append({.severity = severity,
                         .fileName = m_fileName,
                         .line = position.line,
                         .column = position.column,
                         .path = path,
                         .message = message});
    }

    QString m_fileName;
    QList<ConfigIssue> m_issues;
    int m_errors = 0;
};

} // namespace dialogue::config
