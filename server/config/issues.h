#pragma once

#include "server/config/configfile.h"
#include "server/config/node.h"

#include <QList>

#include <utility>

namespace dialogue::config {

/** Collects what is wrong with one file, up to a number a person wants to read at once. */
class Issues
{
public:
    static constexpr int MaxErrors = 20;

    explicit Issues(const QString &fileName)
        : m_fileName(fileName)
    { }

    void error(FilePosition position, const QString &path, const QString &message)
    {
        if (++m_errors <= MaxErrors)
            add(ConfigIssue::Severity::Error, position, path, message);
    }
    void warning(FilePosition position, const QString &path, const QString &message)
    {
        add(ConfigIssue::Severity::Warning, position, path, message);
    }

    /** Messages have \a name where they would have \a value, which may be a secret. */
    void conceal(const QString &value, const QString &name);

    [[nodiscard]] bool hasErrors() const { return m_errors > 0; }
    [[nodiscard]] int errorCount() const { return m_errors; }
    [[nodiscard]] const QString &fileName() const { return m_fileName; }

    /** All of them, in the order of the file. */
    [[nodiscard]] QList<ConfigIssue> sorted() const;

private:
    void add(ConfigIssue::Severity severity, FilePosition position, const QString &path, QString message);

    QString m_fileName;
    QList<std::pair<QString, QString>> m_concealed; // values and their names
    QList<ConfigIssue> m_issues;
    int m_errors = 0;
};

} // namespace dialogue::config
