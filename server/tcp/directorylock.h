#pragma once

#include <QByteArray>

namespace dialogue {

/**
 * Keeps others of our kind from making and removing files in a directory meanwhile, of this process or
 * another. It is the directory that is locked, so that no lock file is left behind; what others do there is
 * not prevented.
 */
class DirectoryLock
{
public:
    /** Waits for others, who are done in a moment; isHeld() says whether they were. */
    explicit DirectoryLock(const QByteArray &path);
    ~DirectoryLock();
    Q_DISABLE_COPY_MOVE(DirectoryLock)

    [[nodiscard]] bool isHeld() const { return m_held; }

private:
    int m_descriptor;
    bool m_held = false;
};

} // namespace dialogue
