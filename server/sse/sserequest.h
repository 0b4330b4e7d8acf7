#pragma once

#include "core/base/result.h"
#include "server/auth/connectrequest.h"

namespace dialogue::sse {

/**
 * What `GET /events?rooms=a,b[&events=x,y][&userId=u][&lastEventId=i]` asks for. Names stand percent-encoded
 * between the commas; `Last-Event-ID` may be the header that browsers send when they come back. An Error is
 * InvalidRequest.
 */
[[nodiscard]] Result<RoomsWanted> roomsWanted(const HttpRequest &request, int mostRooms);

/** It says that it takes event streams, as browsers' EventSource does. */
[[nodiscard]] bool readsEvents(const HttpRequest &request);

/** The request that lets its client in, or not. */
[[nodiscard]] ConnectRequest connectRequest(const HttpRequest &request, RoomsWanted &&wanted,
                                            const QByteArray &sessionId);

} // namespace dialogue::sse
