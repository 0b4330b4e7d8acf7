#pragma once

#include "server/fanout/encoding.h"

#include <QString>

#include <memory>
#include <mutex>
#include <vector>

namespace dialogue {

/** The events of one room on their way to those who read one encoding. Says what a slow one of them misses in
 * that encoding's words. */
class RoomStream final : public FrameStream, public std::enable_shared_from_this<RoomStream>
{
public:
    RoomStream(QString roomId, const Encoding &encoding, std::shared_ptr<LossCounters> losses = {});

    [[nodiscard]] const QString &name() const override { return m_roomId; }
    [[nodiscard]] FramePtr gapFrame(quint64 from, quint64 to, GapReason reason) const override;
    [[nodiscard]] qint64 largestGapFrame() const override { return m_largest; }
    /** The same room's, for those who read another; the same one at each call. */
    [[nodiscard]] std::shared_ptr<const RoomStream> in(const Encoding &encoding) const;

private:
    struct Said
    {
        quint64 from = 0;
        quint64 to = 0;
        GapReason reason = GapReason::Dropped;
        FramePtr frame = {};
    };

    const QString m_roomId;
    const Encoding &m_encoding;
    const qint64 m_largest;
    mutable std::mutex m_mutex; ///< Guards what follows.
    mutable Said m_last; ///< Readers of one room mostly miss the same.
    mutable std::vector<std::shared_ptr<const RoomStream>> m_others; ///< One for each kind.
};

using RoomStreamPtr = std::shared_ptr<const RoomStream>;

} // namespace dialogue
