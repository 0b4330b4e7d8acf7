#pragma once

#include "server/fanout/losscounters.h"

#include <QString>
#include <QtGlobal>

#include <memory>
#include <utility>

namespace dialogue {

class Frame;

/** Why frames of a stream did not reach a reader. */
enum class GapReason {
    Replaced, ///< Newer ones of their keys took their places.
    Dropped, ///< There was no room for them, or for some of them.
};

/**
 * What the frames of one room have in common: in the queue of a slow reader they may be dropped for each
 * other, and what was is said in the stream's words. Shared by its frames, which know each other by it;
 * called in any thread.
 */
class FrameStream
{
public:
    /** \a losses: what counts those that were dropped; null: nothing does. */
    explicit FrameStream(std::shared_ptr<LossCounters> losses = {})
        : m_losses(std::move(losses))
    { }
    FrameStream(const FrameStream &) = delete;
    FrameStream &operator=(const FrameStream &) = delete;
    virtual ~FrameStream() = default;

    [[nodiscard]] virtual const QString &name() const = 0; ///< The room, where these are its events.
    /** What tells a reader that of the events \a from to \a to, both included, some will not come. */
    [[nodiscard]] virtual std::shared_ptr<const Frame> gapFrame(quint64 from, quint64 to,
                                                                GapReason reason) const = 0;
    /** Bytes of the longest of those: what one counts until it is made. */
    [[nodiscard]] virtual qint64 largestGapFrame() const = 0;

    void countLoss(GapReason reason) const
    {
        if (m_losses)
            ++(reason == GapReason::Replaced ? m_losses->replaced : m_losses->dropped);
    }
    [[nodiscard]] const std::shared_ptr<LossCounters> &losses() const { return m_losses; }

private:
    const std::shared_ptr<LossCounters> m_losses;
};

using FrameStreamPtr = std::shared_ptr<const FrameStream>;

} // namespace dialogue
