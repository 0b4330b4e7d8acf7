#pragma once

#include <QtGlobal>

namespace dialogue {

/** Compression of WebSockets' messages (permessage-deflate, RFC 7692), for clients that offer it. */
struct PerMessageDeflate
{
    bool enabled = false;
    qint64 threshold = 1024; ///< Bytes of a message; smaller ones go as they are.
    /** Bytes of an event with its attachments; what is larger goes as it is, as it is compressed in one go.
     */
    qint64 largest = 131072;
    int level = 1; ///< As zlib has it: 1 is the fastest, 9 the smallest.
};

} // namespace dialogue
