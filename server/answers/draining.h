#pragma once

#include "core/base/error.h"

namespace dialogue {

/** Whether the server is shutting down: what is asked from then on is answered with serverDraining(), and
 * what waits goes on. One for all who are asked. */
class Draining
{
public:
    void begin() { m_hasBegun = true; }
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }

private:
    bool m_hasBegun = false;
};

/** What whoever asks hears from a server that is shutting down. */
inline Error serverDraining()
{
    return {ErrorCode::ServerDraining, QStringLiteral("The server is shutting down")};
}

} // namespace dialogue
