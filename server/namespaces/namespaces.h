#pragma once

#include "server/bridge/gateway.h"
#include "server/namespaces/namespace.h"
#include "server/namespaces/namespacehooks.h"
#include "server/rooms/services.h"

#include <functional>
#include <map>
#include <memory>

namespace dialogue {

/** The application's own namespaces, by name. */
class Namespaces
{
public:
    /** WorkerGateway::open() */
    using Open = std::function<Result<void>(const QByteArray &nsp, SocketListener *listener)>;

    Namespaces(const RoomServices &services, Open open);
    ~Namespaces();
    Q_DISABLE_COPY_MOVE(Namespaces)

    /** Opened by the first call of that name, of which a later one needs no hooks. */
    Result<Namespace *> of(const QString &name, NamespaceHooks hooks);
    /** NamespacePrivate::revoke(), drain(), close() */
    void revoke(const QSet<QString> &credentials);
    void drain();
    void close();

private:
    const RoomServices &m_services;
    const Open m_open;
    std::map<QByteArray, std::unique_ptr<Namespace>> m_namespaces;
};

} // namespace dialogue
