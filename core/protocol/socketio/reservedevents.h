#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <algorithm>
#include <array>

namespace dialogue::socketio {

/** Names that mean something to the JS clients and to Node's EventEmitter (socket.io-parser,
 * RESERVED_EVENTS): nobody sends an event that is called so. */
inline constexpr std::array<QLatin1StringView, 6> ReservedEvents{
    QLatin1StringView("connect"),     QLatin1StringView("connect_error"),
    QLatin1StringView("disconnect"),  QLatin1StringView("disconnecting"),
    QLatin1StringView("newListener"), QLatin1StringView("removeListener")};

inline bool isReservedEvent(QStringView name)
{
    return std::ranges::any_of(ReservedEvents, [name](QLatin1StringView each) { return name == each; });
}

} // namespace dialogue::socketio
