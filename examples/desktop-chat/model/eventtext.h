#pragma once

#include "model/message.h"

#include <dialogue/core/event/eventmessage.h>

namespace chat {

/** The event people talk by, and the one that says that somebody writes. */
inline constexpr QStringView MessageEvent = u"message";
inline constexpr QStringView TypingEvent = u"typing";

/** What a person reads of an event's data: its title, text and body, or whatever JSON it is. */
[[nodiscard]] QString textOf(const QJsonValue &data);

/** \a event as a line of the conversation; its place is still to be found. */
[[nodiscard]] Message messageOf(const dialogue::EventMessage &event);

/** The `meta` that brings a tag back, and the tag in it. */
[[nodiscard]] QJsonObject metaOf(const QString &tag);
[[nodiscard]] QString tagIn(const QJsonObject &meta);

} // namespace chat
