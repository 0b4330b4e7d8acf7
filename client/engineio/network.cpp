#include "client/engineio/network.h"

#include <QHostInfo>

namespace dialogue::client {

void resolveBySystem(const QString &host, QObject *context,
                     std::function<void(const QList<QHostAddress> &addresses)> found)
{
    QHostInfo::lookupHost(host, context,
                          [found = std::move(found)](const QHostInfo &info) { found(info.addresses()); });
}

} // namespace dialogue::client
