#pragma once

#include "server/fanout/frame.h"

#include <QByteArrayView>
#include <QString>

#include <memory>

namespace dialogue {

class Publication;

/**
 * How one kind of channel writes what rooms publish. One object for a kind, which outlives all publications;
 * called in any thread.
 */
class Encoding
{
public:
    constexpr Encoding() = default;
    Encoding(const Encoding &) = delete;
    Encoding &operator=(const Encoding &) = delete;
    virtual ~Encoding() = default;

    /** Asked once for each publication, when the first who reads this kind is to get it. What a full queue
     * may do with the frame is said by who asks. */
    [[nodiscard]] virtual std::shared_ptr<Frame> encode(const Publication &publication) const = 0;
    /** What tells a reader that of the events \a from to \a to of a room, both included, some will not come.
     */
    [[nodiscard]] virtual std::shared_ptr<Frame> encodeGap(const QString &roomId, quint64 from, quint64 to,
                                                           GapReason reason) const = 0;
};

/**
 * The one that publications are kept in, which nearly all who read them get: JSON and attachments stand in
 * its frames as they are, so that an event is in memory once and not once more for each kind.
 */
class KeptEncoding : public Encoding
{
public:
    /** The envelope in the first message, and each attachment in one of its own behind it. */
    [[nodiscard]] virtual std::shared_ptr<Frame> keep(QByteArrayView json,
                                                      const QList<QByteArray> &attachments) const = 0;
    /** The envelope in what keep() has made. */
    [[nodiscard]] virtual QByteArrayView jsonIn(const Frame &frame) const = 0;
};

/** What publications are written in on one server. */
struct Encodings
{
    const KeptEncoding &kept;
    int others = 0; ///< Kinds that may be asked for besides: counted as memory where a publication is kept.
};

} // namespace dialogue
