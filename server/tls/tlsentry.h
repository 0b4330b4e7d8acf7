#pragma once

#include "server/tcp/places.h"

#include <functional>
#include <memory>

namespace dialogue::tls {

class TlsContext;
using TlsContextPtr = std::shared_ptr<const TlsContext>;

/** What a connection that was accepted is put into TLS with. */
struct TlsEntry
{
    TlsContextPtr context;
    std::shared_ptr<Places> handshakes; ///< Those that are being made: in all, and by address.
};

using TlsEntryPtr = std::shared_ptr<const TlsEntry>;
/** That of the connection that is accepted now; null: it speaks none. */
using TlsEntries = std::function<TlsEntryPtr()>;

} // namespace dialogue::tls
