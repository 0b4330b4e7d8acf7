#pragma once

#include "client/clientconfig.h"

#include <QHostAddress>

namespace dialogue::client {

/** What one connection goes by: with its proxy, its headers, and where it was redirected to. */
struct ConnectionConfig : ClientConfig
{
    /** Of those that the host in `url` has, the one that all of the session goes to; null: it was not chosen,
     * and whoever connects looks the host up. */
    QHostAddress address = {};
};

} // namespace dialogue::client
