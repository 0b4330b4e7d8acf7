#pragma once

#include "server/gateway/lanes.h"
#include "server/gateway/messages.h"

namespace dialogue::gateway {

/** A session's gauge, with what of it waits in the hub: so that a message finds its lane without a look-up.
 */
class SessionLane final : public socketio::InboundGauge
{
public:
    using InboundGauge::InboundGauge;

    static SessionLane &of(const GaugePtr &gauge) { return static_cast<SessionLane &>(*gauge); }

    Lane<ToHub> lane; ///< Hub only.
};

} // namespace dialogue::gateway
