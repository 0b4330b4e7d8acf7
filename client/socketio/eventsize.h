#pragma once

#include "client/clientconfig.h"

#include <algorithm>

namespace dialogue::client {

/** Bytes of the messages that one event becomes, about. */
struct EventSize
{
    qint64 text = 0;
    qint64 attachments = 0; ///< All of them.
    qint64 largestAttachment = 0;

    [[nodiscard]] qint64 total() const { return text + attachments; }

    /** Of the largest message over \a transport, to be held against the server's maxPayload. */
    [[nodiscard]] qint64 largestMessage(TransportKind transport) const
    {
        // A polling body is text: b and base64 (Engine.IO v4).
        const bool encoded = transport == TransportKind::Polling && largestAttachment > 0;
        return std::max(text, encoded ? 1 + (largestAttachment + 2) / 3 * 4 : largestAttachment);
    }
};

} // namespace dialogue::client
