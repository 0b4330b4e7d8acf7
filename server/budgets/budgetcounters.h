#pragma once

#include <QtGlobal>

#include <array>

namespace dialogue {

/** What there is a budget of. */
enum class BudgetKind : quint8 {
    Event, ///< In all rooms.
    RoomEvent, ///< In one room, where it has a limit of its own.
    NamedEvent, ///< Of one name in one room, likewise.
    Join,
    Leave,
    Subscribe,
    ListRooms,
    ListParticipants,
    CreateRoom,
    DeleteRoom,
    History,
    Refresh,
    Custom, ///< Requests of the application's own.
    Failed, ///< Any request that was answered with an error.
    Connect,
};
inline constexpr std::size_t BudgetKinds = static_cast<std::size_t>(BudgetKind::Connect) + 1;

/** What has been refused, and of how many users and addresses something is remembered. */
struct BudgetCounters
{
    std::array<qint64, BudgetKinds> refused{}; ///< By BudgetKind.
    qint64 disconnected = 0; ///< Clients that went on for too long though they were refused.
    qint64 tooManySteps = 0; ///< Events whose data took more than limits.validationSteps to check.
    qsizetype keys = 0; ///< Now.
    qint64 evicted = 0; ///< Keys forgotten before their windows had run out, for want of room.

    [[nodiscard]] qint64 refusedOf(BudgetKind kind) const { return refused[static_cast<std::size_t>(kind)]; }
};

} // namespace dialogue
