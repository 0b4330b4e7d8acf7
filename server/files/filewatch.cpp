#include "server/files/filewatch.h"

#include <QFileInfo>

#include <chrono>

namespace dialogue {

namespace {

/** Who writes a file does so in a few steps. */
constexpr std::chrono::milliseconds Moment{100};

} // namespace

FileWatch::FileWatch(std::function<void()> changed)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(Moment);
    QObject::connect(&m_settle, &QTimer::timeout, &m_settle, std::move(changed));
    QObject::connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, [this] { touched(); });
    QObject::connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, [this] { touched(); });
}

void FileWatch::watch(const QStringList &files)
{
    m_files = files;
    for (const QString &file : m_files) {
        // The folder tells of what takes the file's place, and the file of what is written into it.
        for (const QString &path : {file, QFileInfo(file).absolutePath()}) {
            if (!m_watcher.files().contains(path) && !m_watcher.directories().contains(path))
                m_watcher.addPath(path);
        }
    }
}

void FileWatch::touched()
{
    watch(m_files); // One that was replaced is watched no more.
    m_settle.start();
}

} // namespace dialogue
