#pragma once

#include "core/base/error.h"

namespace dialogue {

/** What whoever asks hears from a server that is shutting down. */
inline Error serverDraining()
{
    return {ErrorCode::ServerDraining, QStringLiteral("The server is shutting down")};
}

} // namespace dialogue
