#pragma once

#include "core/event/eventmessage.h"
#include "server/fanout/encoding.h"
#include "server/fanout/occasion.h"
#include "server/fanout/roomstream.h"

#include <QByteArrayView>
#include <QMutex>
#include <QString>

#include <atomic>
#include <memory>

namespace dialogue {

class Publication;
using PublicationPtr = std::shared_ptr<const Publication>;

/** Where a publication stands. */
struct Position
{
    quint64 offset = 0; ///< In its room's log; 0: it has none, and is not missed.
    quint64 seq = 0; ///< Among all of this server's.
    qint64 time = 0; ///< Milliseconds since the Unix epoch.
};

/** When a publication went out, among all of this server's. */
struct Departure
{
    quint64 order = 0; ///< Of two, which was first.
    /** Whatever has this seq, or a lower one, had gone out by then, or never will. */
    quint64 nothingMissingUpTo = 0;
};

/** What a full send queue may do with a publication. */
struct LossRules
{
    SlowReaderPolicy policy = SlowReaderPolicy::Disconnect;
    RoomStreamPtr stream = {}; ///< Of its room; null: it may never be dropped.
    QByteArray key = {}; ///< KeepLatest: those of one stream and key replace one another.
    bool isVolatile = false; ///< Not for who is behind with what was sent before.
};

/**
 * One event on its way out, and as a log keeps it: immutable, shared by all who send it, keep it or put it
 * into a page of history, in whatever threads. Each channel gets it in its own encoding, made when the first
 * of its kind needs it, once, and shared. An EventMessage is made of it for user code alone, when it asks.
 */
class Publication
{
public:
    /** \a json is encodeEventMessage(message). */
    [[nodiscard]] static PublicationPtr create(const Encodings &encodings, const Position &position,
                                               const EventMessage &message, QByteArrayView json,
                                               const LossRules &rules);
    /** \a kept: of Encodings::kept, in no stream but its room's. */
    Publication(const Encodings &encodings, const Position &position, QString event, FramePtr kept);
    ~Publication();
    Q_DISABLE_COPY_MOVE(Publication)

    [[nodiscard]] quint64 offset() const { return m_position.offset; }
    [[nodiscard]] quint64 seq() const { return m_position.seq; }
    [[nodiscard]] qint64 time() const { return m_position.time; }
    /** Once, before anybody gets it, in the thread of rooms; an earlier run's go in the order of their seq.
     */
    void departs(const Departure &departure) const { m_departure = departure; }
    [[nodiscard]] const Departure &departure() const { return m_departure; }
    [[nodiscard]] const QString &event() const { return m_event; }
    [[nodiscard]] bool isVolatile() const { return m_kept->isVolatile; }

    /** The envelope. */
    [[nodiscard]] QByteArrayView json() const { return m_encodings.kept.jsonIn(*m_kept); }
    [[nodiscard]] qsizetype attachmentCount() const;
    [[nodiscard]] QList<QByteArray> attachments() const; ///< Copied.

    /** For all of one kind, with the rules for a full queue. Stays where it is for as long as this does. */
    [[nodiscard]] const FramePtr &encodedBy(const Encoding &encoding) const
    {
        return &encoding == &m_encodings.kept ? m_kept : encodedByOther(encoding);
    }

    /** The same for one who gets it on that \a occasion: what is missed and asked for, no policy drops. */
    [[nodiscard]] FramePtr encodedFor(Occasion occasion, const Encoding &encoding) const;

    /** On the wire, in the encoding that it is kept in. */
    [[nodiscard]] qint64 size() const { return m_kept->bytes().size(); }
    /** What keeping it takes, with all encodings that may be made of it. */
    [[nodiscard]] qint64 heapSize() const;

    /** Made anew at each call; \a roomId is the room's own string. */
    [[nodiscard]] EventMessage message(const QString &roomId) const;

private:
    struct Encoded
    {
        const Encoding &encoding;
        FramePtr frame;
        const Encoded *next;
    };
    [[nodiscard]] const FramePtr &encodedByOther(const Encoding &encoding) const;
    [[nodiscard]] const Encoded *find(const Encoding &encoding) const;

    const Encodings &m_encodings;
    const Position m_position;
    const QString m_event; ///< One string for all of a kind, where the room declares it.
    const FramePtr m_kept;
    mutable Departure m_departure{.order = m_position.seq, .nothingMissingUpTo = m_position.seq};
    mutable QMutex m_mutex; ///< Of who adds to them.
    mutable std::atomic<const Encoded *> m_others = nullptr;
};

} // namespace dialogue
