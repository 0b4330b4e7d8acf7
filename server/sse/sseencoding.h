#pragma once

#include "server/fanout/encoding.h"

#include <QByteArray>

namespace dialogue::sse {

/** One event of a stream (HTML, section 9.2.6); null \a id: what stands there stays. \a name and \a json come
 * to have no line breaks. */
[[nodiscard]] QByteArray eventText(const QByteArray &id, const QString &name, QByteArrayView json);

/**
 * Events as server-sent events: the `id` says what a reader has by then, `event` the event's name, `data` the
 * envelope, with attachments in base64.
 */
class SseEncoding final : public Encoding
{
public:
    /** \a run: of the broker. */
    explicit SseEncoding(quint64 run)
        : m_run(run)
    { }

    [[nodiscard]] std::shared_ptr<Frame> encode(const Publication &publication) const override;
    [[nodiscard]] std::shared_ptr<Frame> encodeGap(const QString &roomId, quint64 from, quint64 to,
                                                   GapReason reason) const override;

private:
    const quint64 m_run;
};

} // namespace dialogue::sse
