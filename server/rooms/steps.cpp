#include "server/rooms/steps.h"

#include "server/rooms/permissions.h"
#include "server/rooms/room_p.h"
#include "server/rooms/spending.h"

namespace dialogue::steps {

Pipeline::Step isParticipant()
{
    return [](EventContext &context) -> Result<void> {
        if (!context.sender || context.room.contains(context.sender))
            return {};
        return Error{ErrorCode::NotInRoom,
                     QStringLiteral("You are not in room '%1'; join it before you trigger events in it")
                         .arg(context.room.id())};
    };
}

Pipeline::Step withinRate(Budgets &budgets)
{
    return [&budgets](EventContext &context) -> Result<void> {
        if (!context.sender)
            return {};
        return spendEvent(budgets, *context.sender, context.message.roomId, context.message.event);
    };
}

Pipeline::Step isPermitted()
{
    return [](EventContext &context) -> Result<void> {
        if (!context.sender)
            return {};
        return permissions::checkTrigger(*context.sender, context.room, context.message.event,
                                         context.definition);
    };
}

Pipeline::Step isAllowed()
{
    return [](EventContext &context) -> Result<void> {
        if (context.definition || RoomPrivate::of(context.room).declared().isOpen())
            return {};
        return Error{ErrorCode::EventNotAllowed,
                     QStringLiteral("Room '%1' does not carry the event '%2'")
                         .arg(context.room.id(), context.message.event)};
    };
}

Pipeline::Step matchesSchema(Budgets *budgets, int steps)
{
    return [budgets, steps](EventContext &context) -> Result<void> {
        if (!context.definition)
            return {};
        const EventDefinition &event = *context.definition;
        const Result<void> admitted = event.schema.admit(context.message.data, event.admission, steps);
        if (budgets && !admitted && admitted.error().code == ErrorCode::LimitReached)
            budgets->countTooManySteps();
        return admitted;
    };
}

Pipeline::Step metaFits()
{
    return [](EventContext &context) -> Result<void> {
        if (!context.sender || !context.definition || context.message.meta.isEmpty())
            return {};
        const EventDefinition &event = *context.definition;
        if (!event.takesMeta) {
            return Error{ErrorCode::ValidationFailed,
                         QStringLiteral("the event '%1' takes none from clients").arg(event.name),
                         QStringLiteral("meta")};
        }
        return event.meta.validate(context.message.meta, QStringLiteral("meta"));
    };
}

} // namespace dialogue::steps
