#pragma once

#include "server/fanout/encoding.h"

namespace dialogue::socketio {

/**
 * `dialogue:event` with one argument more, which says how far who got it has come: what clients of Socket.IO
 * bring with them as `offset` when they come back (connection state recovery).
 */
class RecoverableEncoding final : public Encoding
{
public:
    /** \a run: of the broker. */
    explicit RecoverableEncoding(quint64 run)
        : m_run(run)
    { }

    [[nodiscard]] std::shared_ptr<Frame> encode(const Publication &publication) const override;
    [[nodiscard]] std::shared_ptr<Frame> encodeGap(const QString &roomId, quint64 from, quint64 to,
                                                   GapReason reason) const override;

private:
    const quint64 m_run;
};

} // namespace dialogue::socketio
