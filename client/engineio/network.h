#pragma once

#include "client/engineio/transport.h"

#include <QHostAddress>

namespace dialogue::client {

/** Looks a host up: \a found is called at most once, from the event loop, and never without \a context. Where
 * nothing is found, with nothing. */
using Resolver = std::function<void(const QString &host, QObject *context,
                                    std::function<void(const QList<QHostAddress> &addresses)> found)>;

/** As QHostInfo does it, in a thread of its own. */
void resolveBySystem(const QString &host, QObject *context,
                     std::function<void(const QList<QHostAddress> &addresses)> found);

/** What connections are made with; tests put their own here. */
struct Network
{
    TransportFactory transport = &makeTransport;
    Resolver resolve = &resolveBySystem;
};

} // namespace dialogue::client
