#pragma once

#include <QtGlobal>

namespace dialogue {

/** Shuts our direction of a TCP connection: the peer reads its end, and may go on sending. Qt has no call for
 * it. */
void shutSending(qintptr descriptor);

} // namespace dialogue
