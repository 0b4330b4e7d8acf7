#pragma once

#include <QFileSystemWatcher>
#include <QStringList>
#include <QTimer>

#include <functional>

namespace dialogue {

/**
 * Tells when one of a few files has changed, or may have: also one that was replaced, or is reached by a link
 * that was. What changes in a moment is told once, after it.
 */
class FileWatch
{
public:
    explicit FileWatch(std::function<void()> changed);
    void watch(const QStringList &files);

private:
    void touched();

    QStringList m_files;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

} // namespace dialogue
