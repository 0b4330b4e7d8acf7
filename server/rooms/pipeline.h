#pragma once

#include "core/base/result.h"
#include "core/event/eventmessage.h"
#include "core/room/roomconfig.h"

#include <functional>
#include <vector>

namespace dialogue {

class ConnectedClient;
class Room;

/** One event on its way in, as the steps see it. */
struct EventContext
{
    EventMessage &message; ///< May be changed.
    const Room &room;
    const EventDefinition *definition; ///< What the room declares of it; null in an open room.
    ConnectedClient *sender; ///< Null for the server's own events.
};

/**
 * The ordered steps an event passes before it is a valid one. Each may change the message, or stop it with an
 * Error, which ends the walk and goes back to who triggered it. Those that ask about the sender come first:
 * an event sent again under its id passes them, and no others. What comes behind is Middlewares' to say.
 */
class Pipeline
{
public:
    using Step = std::function<Result<void>(EventContext &)>;

    void appendOfSender(Step step) { m_ofSender.push_back(std::move(step)); }
    void append(Step step) { m_steps.push_back(std::move(step)); }

    Result<void> admitSender(EventContext &context) const { return run(m_ofSender, context); }
    /** After admitSender(). */
    Result<void> run(EventContext &context) const { return run(m_steps, context); }

private:
    static Result<void> run(const std::vector<Step> &steps, EventContext &context)
    {
        for (const Step &step : steps) {
            if (auto passed = step(context); !passed)
                return passed;
        }
        return {};
    }

    std::vector<Step> m_ofSender;
    std::vector<Step> m_steps;
};

} // namespace dialogue
