#pragma once

#include "core/event/eventmessage.h"
#include "server/net/frame.h"

#include <QByteArrayView>
#include <QString>

namespace dialogue {

/**
 * One event that has its place in a room's log, in the form it went out in: the frame that its subscribers
 * got, which is all there is of it. Who keeps it, sends it again or puts it into a page of history shares
 * those bytes; an EventMessage is made of them for user code alone, when it asks.
 */
struct Publication
{
    quint64 offset = 0;
    QString event; ///< One string for all of a kind, where the room declares it.
    FramePtr frame;

    /** The envelope, a part of the frame. */
    [[nodiscard]] QByteArrayView json() const;
    [[nodiscard]] qsizetype attachmentCount() const;
    [[nodiscard]] QList<QByteArray> attachments() const; ///< Copied out of the frame.
    [[nodiscard]] qint64 size() const { return frame->bytes().size(); } ///< On the wire.
    [[nodiscard]] qint64 heapSize() const; ///< What keeping its frame takes, all in all.

    /** Made anew at each call; \a roomId is the room's own string. */
    [[nodiscard]] EventMessage message(const QString &roomId) const;
};

} // namespace dialogue
