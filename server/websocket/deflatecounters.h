#pragma once

#include <QtGlobal>

namespace dialogue {

/** What a worker has compressed, and what it was sent compressed. */
struct DeflateCounters
{
    qint64 bytesBefore = 0; ///< Of messages that were compressed, each once for all who get it.
    qint64 bytesAfter = 0;
    qint64 tooLarge = 0; ///< Events that went as they are, for what it would take to compress them.
    qint64 inflated = 0; ///< Bytes that came of clients' messages.
    qint64 refused = 0; ///< Messages of clients that are not as RFC 7692 has it, or too large.
};

} // namespace dialogue
