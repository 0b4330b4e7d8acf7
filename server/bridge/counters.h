#pragma once

#include "server/tls/tlscounters.h"
#include "server/websocket/deflatecounters.h"

#include <QtGlobal>

namespace dialogue {

/** What one io worker has counted since its start, and what it holds now. */
struct WorkerCounters
{
    qint64 connections = 0; ///< TCP connections now.
    qint64 sessions = 0; ///< Engine.IO sessions now.
    qint64 sessionsOpened = 0;
    qint64 sessionsRefused = 0; ///< Handshakes answered with an error.
    qint64 sessionsGivenWay = 0; ///< Ended without having joined a namespace, for others.
    qint64 readers = 0; ///< By other channels than Socket.IO, now.
    DeflateCounters deflate = {};
    qint64 malformedForwardings = 0; ///< Requests of which a trusted proxy said what cannot be read.
    qint64 missingProxyHeaders = 0; ///< Connections closed for want of a header of the PROXY protocol.
    TlsCounters tls;
    qint64 framesSent = 0; ///< Frames handed to sessions.
    qint64 framesDropped = 0; ///< By the policies for slow readers, for want of room.
    qint64 framesReplaced = 0; ///< By newer ones of their keys, before they had left.
    qint64 volatileDropped = 0; ///< Volatile frames, for readers that were behind.
    qint64 gapsTold = 0; ///< Times a slow reader was told of either.
    qint64 inboundPauses = 0; ///< Times a client was not read because the hub does not keep up.
    qint64 requestsRefused = 0; ///< HTTP requests answered 503 for the same reason.
    qint64 slowReaders = 0; ///< Clients disconnected because they did not read.
    qint64 queuedBytes = 0; ///< Waiting in send queues now.
    qint64 mailboxMessages = 0; ///< From the hub, not done yet.
    qint64 mailboxBytes = 0; ///< The same in bytes; see limits.workerMailbox.
};

} // namespace dialogue
