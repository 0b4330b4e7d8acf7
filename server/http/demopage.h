#pragma once

namespace dialogue {

class HttpRouter;

/** Serves the demo page and its files, from the resources, at "/". */
void addDemoPage(HttpRouter &router);

} // namespace dialogue
