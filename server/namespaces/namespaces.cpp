#include "server/namespaces/namespaces.h"

#include "core/base/foreigntext.h"
#include "server/namespaces/namespace_p.h"
#include "server/rooms/guardedhooks.h"

#include <utility>

namespace dialogue {

Namespaces::Namespaces(const RoomServices &services, Open open)
    : m_services(services)
    , m_open(std::move(open))
{ }

Namespaces::~Namespaces() = default;

Result<Namespace *> Namespaces::of(const QString &name, NamespaceHooks hooks)
{
    const QByteArray nsp = (name.startsWith(u'/') ? name : u'/' + name).toUtf8();
    const bool hasHooks = hooks.authenticate || hooks.authenticateLater;
    if (const auto found = m_namespaces.find(nsp); found != m_namespaces.end()) {
        if (!hasHooks)
            return found->second.get();
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("The namespace %1 is open already, with the hooks it was opened with")
                         .arg(quoted(QByteArrayView(nsp)))};
    }
    if (hooks.authenticate && hooks.authenticateLater) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("Both authenticate and authenticateLater of the namespace %1 are set; "
                                    "one says who a client is")
                         .arg(quoted(QByteArrayView(nsp)))};
    }
    std::unique_ptr<Namespace> made
        = NamespacePrivate::create(nsp, m_services,
                                   guardedHooks({.authenticate = std::move(hooks.authenticate),
                                                 .authenticateLater = std::move(hooks.authenticateLater)},
                                                m_services.calls));
    if (const auto opened = m_open(nsp, &NamespacePrivate::of(*made)); !opened)
        return opened.error();
    if (m_services.draining.hasBegun())
        NamespacePrivate::of(*made).drain();
    return m_namespaces.emplace(nsp, std::move(made)).first->second.get();
}

void Namespaces::revoke(const QSet<QString> &credentials)
{
    for (const auto &[name, each] : m_namespaces)
        NamespacePrivate::of(*each).revoke(credentials);
}

void Namespaces::drain()
{
    m_services.draining.begin();
    for (const auto &[nsp, each] : m_namespaces)
        NamespacePrivate::of(*each).drain();
}

void Namespaces::close()
{
    for (const auto &[nsp, each] : m_namespaces)
        NamespacePrivate::of(*each).close();
}

} // namespace dialogue
