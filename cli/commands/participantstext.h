#pragma once

#include "client/participant.h"
#include "client/roominfo.h"

#include <QList>

#include <optional>

namespace dialogue::cli {

/** What `dialogue participants` found. */
struct WhoIsIn
{
    RoomInfo room = {};
    std::optional<int> users = {}; ///< Where the room tells it.
    QList<Participant> participants = {};
};

/** "chat: 3 participants of at most 50, 2 users", and a line for each. */
QByteArray participantsText(const WhoIsIn &found);
/** One object, in one line. */
QByteArray participantsJson(const WhoIsIn &found);

} // namespace dialogue::cli
