#pragma once

#include "core/base/export.h"
#include "core/event/eventmessage.h"
#include "core/json/jsondata.h"
#include "core/protocol/dialogue/requests.h"

#include <QByteArrayView>
#include <QList>

/** An event's data as the text that it is, on its way out and in: its numbers keep all their digits. */
namespace dialogue::protocol {

/** What Trigger::toJson() gives, with data and meta as they are. */
DIALOGUE_CORE_EXPORT JsonData textOf(const Trigger &trigger);

/** Gives \a messages, which were read from \a envelopes, a list of them or one, their data as it is written
 * there, where a QJsonValue would change its numbers. \a envelopes is checked JSON. */
DIALOGUE_CORE_EXPORT void takeDataAsWritten(QList<EventMessage> &messages, QByteArrayView envelopes);

} // namespace dialogue::protocol
