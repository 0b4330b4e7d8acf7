#include "server/bridge/listening.h"

namespace dialogue {

// In a build without the native transport.
Result<Listenings> openNativeListenings(const ServerConfig &)
{
    return Error{ErrorCode::ConfigError,
                 QStringLiteral("\"native\" is not part of this build (DIALOGUE_NATIVE_TRANSPORT); use "
                                "transport: qt"),
                 QStringLiteral("transport")};
}

} // namespace dialogue
