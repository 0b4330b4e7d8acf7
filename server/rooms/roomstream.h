#pragma once

#include "server/net/framestream.h"

#include <QString>

#include <mutex>

namespace dialogue {

/** The events of one room on their way to subscribers. Says `dialogue:gap` for those that a slow reader
 * misses. */
class RoomStream final : public FrameStream
{
public:
    explicit RoomStream(const QString &roomId);

    [[nodiscard]] std::shared_ptr<const Frame> gapFrame(quint64 from, quint64 to,
                                                        GapReason reason) const override;
    [[nodiscard]] qint64 largestGapFrame() const override { return m_largest; }

private:
    [[nodiscard]] std::shared_ptr<const Frame> makeFrame(quint64 from, quint64 to, GapReason reason) const;

    struct Said
    {
        quint64 from = 0;
        quint64 to = 0;
        GapReason reason = GapReason::Dropped;
        std::shared_ptr<const Frame> frame = {};
    };

    const QString m_roomId;
    const qint64 m_largest;
    mutable std::mutex m_mutex; ///< Guards m_last.
    mutable Said m_last; ///< Readers of one room mostly miss the same.
};

} // namespace dialogue
