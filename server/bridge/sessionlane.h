#pragma once

#include "server/bridge/lanes.h"
#include "server/bridge/messages.h"

namespace dialogue::bridge {

/** A session's gauge, with what of it waits in the hub: so that a message finds its lane without a look-up.
 */
class SessionLane final : public socketio::InboundGauge
{
public:
    using InboundGauge::InboundGauge;

    static SessionLane &of(const GaugePtr &gauge) { return static_cast<SessionLane &>(*gauge); }

    Lane<ToHub> lane; ///< Hub only.
};

} // namespace dialogue::bridge
