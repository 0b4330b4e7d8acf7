#pragma once

#include "server/fanout/frame.h"
#include "server/tcp/iovector.h"

#include <optional>
#include <span>
#include <vector>

namespace dialogue {

/**
 * The frames of a busy turn as one piece of memory, joined once for all who get the same ones in a row: a
 * subscriber of a room mostly gets what the one before it gets. A send of one piece costs less than one of
 * many.
 */
class JoinedFrames
{
public:
    static constexpr qsizetype Largest = 262144; ///< Beyond it the copy costs more than it saves.

    /** The bytes of \a frames in one piece, once two in a row ask for the same; they live until clear(). */
    std::optional<iovec> of(std::span<const FramePtr> frames);
    void clear();

private:
    std::vector<const Frame *> m_last; ///< What was asked for last.
    QList<QByteArray> m_pieces;
    qsizetype m_bytes = 0; ///< Of all pieces.
    bool m_isJoined = false; ///< The last piece is of m_last.
};

} // namespace dialogue
