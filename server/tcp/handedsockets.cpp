#include "server/tcp/handedsockets.h"

#include <QCoreApplication>

namespace dialogue {

namespace {

constexpr int FirstDescriptor = 3; ///< SD_LISTEN_FDS_START
constexpr int MostDescriptors = 1024;

QByteArray takeVariable(const char *name)
{
    const QByteArray value = qgetenv(name);
    qunsetenv(name);
    return value;
}

} // namespace

bool areSocketsHandedOver()
{
    return qgetenv("LISTEN_PID").toLongLong() == QCoreApplication::applicationPid()
        && qgetenv("LISTEN_FDS") != "0";
}

Result<QList<int>> takeHandedSockets()
{
    const QByteArray process = takeVariable("LISTEN_PID");
    const QByteArray text = takeVariable("LISTEN_FDS");
    takeVariable("LISTEN_FDNAMES");
    // Without the first, or with another's, they were handed to somebody before us.
    if (process.toLongLong() != QCoreApplication::applicationPid() || text.isEmpty())
        return QList<int>();
    bool good = false;
    const int count = text.toInt(&good);
    if (!good || count < 0 || count > MostDescriptors) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("LISTEN_FDS must be a number of descriptors from 0 to %1, not \"%2\"")
                         .arg(MostDescriptors)
                         .arg(QString::fromLocal8Bit(text.left(64)))};
    }
    QList<int> descriptors;
    for (int i = 0; i < count; ++i)
        descriptors.append(FirstDescriptor + i);
    return descriptors;
}

} // namespace dialogue
