#pragma once

#include "server/net/framestream.h"

#include <QString>

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
    QString m_roomId;
    qint64 m_largest;
};

} // namespace dialogue
