#pragma once

#include <QByteArray>

namespace dialogue {

class HttpRouter;

/** Serves the demo page and its files, from the resources, at "/". All of its addresses are relative, so that
 * it may stand below any path of a proxy; \a endpoint is where Socket.IO answers: "/socket.io/". */
void addDemoPage(HttpRouter &router, const QByteArray &endpoint);

} // namespace dialogue
