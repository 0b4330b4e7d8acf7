#pragma once

#include "server/fanout/framestream.h"

#include <QString>
#include <QStringView>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace dialogue {

class Frame;

/** What became of an event on its way to one reader. */
struct EventFate
{
    enum class Kind {
        Waits, ///< Behind so many bytes; of one whose connection has ended: it did then.
        Replaced, ///< A newer one of its key took its place.
        Dropped, ///< There was no room for it.
        Unsent, ///< The connection ended before its turn came.
        Written, ///< Handed to the kernel, or as the answer to a poll; only where the reader was traced.
    };

    Kind kind = Kind::Waits;
    qint64 bytesAhead = 0;
    quint64 by = 0; ///< Replaced: the offset of the newer one; 0: of which is not known any more.
    qint64 time = 0; ///< Of what it became; milliseconds since the Unix epoch.
};

/** Several of one stream that went the same way. */
struct FateSpan
{
    QString stream = {}; ///< FrameStream::name()
    EventFate::Kind kind = EventFate::Kind::Dropped;
    quint64 from = 0; ///< Offsets; of those between, all that were for this reader.
    quint64 to = 0;
    quint64 ahead = 0; ///< Replaced: from each to the one that took its place; 0: not the same for all.
    qint64 time = 0; ///< Of the last.
};

/** What is known of all that was for one reader and did not simply go. */
struct SendRecord
{
    std::vector<FateSpan> spans = {}; ///< In the order in which it happened.
    /** Nothing is known of what became of events before; milliseconds since the Unix epoch; 0: all is there.
     */
    qint64 forgottenUntil = 0;

    [[nodiscard]] std::optional<EventFate> find(QStringView stream, quint64 offset) const;
};
using SendRecordPtr = std::shared_ptr<const SendRecord>;

/**
 * Remembers what a queue did to the events of one reader, so that somebody can be told why they did not come:
 * the newest MostSpans stretches of those that were lost, and, while it is traced, each that left. Made when
 * the first is lost.
 */
class SendJournal
{
public:
    /** \a by: the newer one, where it took the place of this one; nothing of \a stream that waits is older.
     */
    void lost(const FrameStream &stream, quint64 offset, GapReason reason, quint64 by, bool isOldest);
    /** \a frame waits, or is one too many, and its reader is gone. */
    void unsent(const Frame &frame);
    /** \a frame was written. */
    void left(const Frame &frame);
    /** Nothing waits any more: what comes goes by a way that is not seen from here. */
    void settle() { m_mayGrow = false; }
    /** From now on it is said of each event when it was written. */
    void setTraced(bool traced) { m_isTraced = traced; }
    [[nodiscard]] bool isTraced() const { return m_isTraced; }
    [[nodiscard]] bool isEmpty() const { return m_record.spans.empty(); }
    [[nodiscard]] const SendRecord &record() const { return m_record; }

    static constexpr std::size_t MostSpans = 64; ///< Of some 70 bytes.
    static constexpr std::size_t MostTraced = 1024; ///< The same, of one who is traced.

private:
    void add(FateSpan &&span);

    SendRecord m_record;
    bool m_isTraced = false;
    std::unordered_map<const FrameStream *, std::size_t> m_unsent; ///< Places of their spans.
    bool m_mayGrow = false; ///< The last span: nothing of its stream behind it has left since.
};

} // namespace dialogue
