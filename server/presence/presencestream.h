#pragma once

#include "server/fanout/framestream.h"

#include <QString>

namespace dialogue {

/** The notices of one room on their way to those who watch it: of those that wait for a slow reader the
 * newest stays. In the place of the others it is told that something is missed. */
class PresenceStream final : public FrameStream
{
public:
    explicit PresenceStream(const QString &roomId);

    [[nodiscard]] const QString &name() const override { return m_name; }
    [[nodiscard]] std::shared_ptr<const Frame> gapFrame(quint64 from, quint64 to,
                                                        GapReason reason) const override;
    [[nodiscard]] qint64 largestGapFrame() const override { return m_largest; }

    /** `dialogue:presence` without counts: something was missed, up to \a rev. */
    [[nodiscard]] std::shared_ptr<Frame> missed(quint64 rev) const;

private:
    const QString m_roomId;
    const QString m_name; ///< None: what it counts are not the room's events.
    const qint64 m_largest;
};

} // namespace dialogue
