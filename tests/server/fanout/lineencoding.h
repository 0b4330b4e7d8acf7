#pragma once

#include "server/fanout/publication.h"

#include <atomic>

namespace dialogue {

/** A line of text for each event: "chat.message 7 {...} YmluYXJ5". */
class LineEncoding final : public Encoding
{
public:
    [[nodiscard]] std::shared_ptr<Frame> encode(const Publication &publication) const override
    {
        ++encoded;
        QByteArray line = publication.event().toUtf8() + ' ' + QByteArray::number(publication.seq()) + ' '
            + publication.json().toByteArray();
        for (const QByteArray &attachment : publication.attachments())
            line += ' ' + attachment.toBase64();
        return Frame::raw(line + '\n');
    }
    [[nodiscard]] std::shared_ptr<Frame> encodeGap(const QString &roomId, quint64 from, quint64 to,
                                                   GapReason reason) const override
    {
        return Frame::raw("gap " + roomId.toUtf8() + ' ' + QByteArray::number(from) + '-'
                          + QByteArray::number(to)
                          + (reason == GapReason::Replaced ? " replaced\n" : " dropped\n"));
    }

    mutable std::atomic<int> encoded = 0; ///< Publications, each time.
};

} // namespace dialogue
