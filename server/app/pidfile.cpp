#include "server/app/pidfile.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

Error failed(const QString &fileName, const QString &what)
{
    return {ErrorCode::IoError, fileName + u": "_s + what};
}

Error systemError(const QString &fileName)
{
    return failed(fileName, QString::fromLocal8Bit(std::strerror(errno)));
}

struct flock wholeFile()
{
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

/** Whether \a name still is what \a descriptor has open: who held it takes it away when it ends. */
bool isStill(const QByteArray &name, int descriptor)
{
    struct stat named = {};
    struct stat open = {};
    return ::stat(name.constData(), &named) == 0 && ::fstat(descriptor, &open) == 0
        && named.st_ino == open.st_ino && named.st_dev == open.st_dev;
}

bool writeNumber(int descriptor)
{
    const QByteArray text = QByteArray::number(qint64(::getpid())) + '\n';
    return ::ftruncate(descriptor, 0) == 0
        && ::pwrite(descriptor, text.constData(), static_cast<std::size_t>(text.size()), 0) == text.size();
}

} // namespace

Result<std::unique_ptr<PidFile>> PidFile::hold(const QString &fileName)
{
    const QByteArray name = QFile::encodeName(fileName);
    while (true) {
        const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                                      S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
        if (descriptor < 0)
            return systemError(fileName);
        std::unique_ptr<PidFile> file(new PidFile(name, descriptor));
        struct flock lock = wholeFile();
        if (::fcntl(descriptor, F_SETLK, &lock) != 0) {
            const auto other = holder(fileName);
            return failed(fileName,
                          other ? u"process %1 holds it; is that another server?"_s.arg(*other)
                                : u"another process holds it"_s);
        }
        if (!isStill(name, descriptor))
            continue;
        if (!writeNumber(descriptor))
            return systemError(fileName);
        return file;
    }
}

PidFile::~PidFile()
{
    struct flock lock = wholeFile();
    // Not what another holds, where this could not.
    if (::fcntl(m_descriptor, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK && isStill(m_name, m_descriptor))
        ::unlink(m_name.constData());
    ::close(m_descriptor);
}

Result<qint64> PidFile::holder(const QString &fileName)
{
    const int descriptor = ::open(QFile::encodeName(fileName).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return systemError(fileName);
    struct flock lock = wholeFile();
    const int done = ::fcntl(descriptor, F_GETLK, &lock);
    ::close(descriptor);
    if (done != 0)
        return systemError(fileName);
    if (lock.l_type == F_UNLCK || lock.l_pid <= 0)
        return failed(fileName, u"no running server holds it"_s);
    return qint64(lock.l_pid);
}

} // namespace dialogue
