#pragma once

#include <QDir>
#include <QString>

namespace dialogue::test {

/** A template for QTemporaryDir: in memory, where the system has a place for that. What is to be on a disk
 * for good takes seconds there, while others write to it. */
inline QString quickFolder()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QDir(memory).exists() ? memory : QDir::tempPath()) + QStringLiteral("/dialogue-XXXXXX");
}

} // namespace dialogue::test
