#pragma once

#include "server/fanout/publication.h"

#include <QByteArray>
#include <QList>

namespace dialogue {

/** An event that comes back. */
struct KeptEvent
{
    Position position;
    QByteArray json; ///< What encodeEventMessage() wrote.
    QList<QByteArray> attachments;
};

} // namespace dialogue
