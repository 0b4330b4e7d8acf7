#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QUrl>

namespace dialogue::test {

/** A program of somebody's, while it runs: killed at the end of its scope. */
class Program
{
public:
    /** \a environment: NAME=value, besides this process's own. */
    explicit Program(const QString &file, const QStringList &arguments = {},
                     const QStringList &environment = {});
    ~Program();

    /** Waits until stdout and stderr, taken together, hold \a text. */
    [[nodiscard]] bool waitFor(const QByteArray &text);
    /** Where a server says it listens; invalid when it does not say so in time. */
    [[nodiscard]] QUrl waitForUrl();
    [[nodiscard]] const QByteArray &said() const { return m_said; }

private:
    QProcess m_process;
    QByteArray m_said;
};

} // namespace dialogue::test
