#pragma once

#include <QByteArray>

namespace dialogue {

class HttpRouter;

/** Serves the client module for JavaScript from the resources: "/dialogue/client.js" and what it imports,
 * below
 * "/dialogue/client/", behind the application's own routes, and not below \a endpoint, where Socket.IO
 * answers. Each has a strong ETag; a browser asks again whether its copy still is the same. */
void addJavaScriptClient(HttpRouter &router, const QByteArray &endpoint);

} // namespace dialogue
