#pragma once

#include "server/fanout/encoding.h"

namespace dialogue::socketio {

/** `dialogue:event` and `dialogue:gap` in "/", for WebSockets and polling alike. */
class EventEncoding final : public KeptEncoding
{
public:
    constexpr EventEncoding() = default;

    [[nodiscard]] std::shared_ptr<Frame> encode(const Publication &publication) const override;
    [[nodiscard]] std::shared_ptr<Frame> keep(QByteArrayView json,
                                              const QList<QByteArray> &attachments) const override;
    [[nodiscard]] QByteArrayView jsonIn(const Frame &frame) const override;
    [[nodiscard]] std::shared_ptr<Frame> encodeGap(const QString &roomId, quint64 from, quint64 to,
                                                   GapReason reason) const override;
};

/** There when the first event is, without a question at each: it holds nothing. */
inline constinit const EventEncoding TheEventEncoding;

[[nodiscard]] inline const KeptEncoding &eventEncoding() { return TheEventEncoding; }

} // namespace dialogue::socketio
