#pragma once

#include "core/protocol/dialogue/requests.h"
#include "server/api/parameter.h"

namespace dialogue::api {

// What several operations ask for.

inline constexpr int LargestPage = 1000;

/** Which room, in the path. */
inline ParameterInfo roomIdInPath()
{
    return {.name = QStringLiteral("roomId"),
            .place = Place::Path,
            .doc = QStringLiteral("The room."),
            .isRequired = true,
            .least = 1,
            .most = protocol::MaxNameLength,
            .isId = true};
}

inline ParameterInfo userIdInPath()
{
    return {.name = QStringLiteral("userId"),
            .place = Place::Path,
            .doc = QStringLiteral("The user."),
            .isRequired = true,
            .least = 1,
            .most = protocol::MaxNameLength,
            .isId = true};
}

inline ParameterInfo clientIdInPath()
{
    return {.name = QStringLiteral("clientId"),
            .place = Place::Path,
            .doc = QStringLiteral("Its Socket.IO id."),
            .isRequired = true,
            .least = 1,
            .most = 255};
}

inline ParameterInfo limitInQuery()
{
    return {.name = QStringLiteral("limit"),
            .place = Place::Query,
            .type = ValueType::Number,
            .doc = QStringLiteral("At most so many; 50 where it is left out."),
            .least = 1,
            .most = LargestPage};
}

inline ParameterInfo cursorInQuery()
{
    return {.name = QStringLiteral("cursor"),
            .place = Place::Query,
            .doc = QStringLiteral("Where the page begins: `next` of the one before."),
            .least = 1,
            .most = protocol::MaxNameLength};
}

inline ParameterInfo eventName(const QString &doc)
{
    return {.name = QStringLiteral("event"),
            .doc = doc,
            .isRequired = true,
            .least = 1,
            .most = protocol::MaxNameLength,
            .isId = true};
}

inline ParameterInfo anyData(const QString &doc)
{
    return {.name = QStringLiteral("data"), .type = ValueType::Any, .doc = doc};
}

} // namespace dialogue::api
