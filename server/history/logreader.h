#pragma once

#include <QtGlobal>

#include <map>

namespace dialogue {

class EventLog;

/**
 * Somebody who reads a log piece by piece: what comes after its place in it is kept beyond the log's limits,
 * up to twice of them, until it has moved on. Stops reading by its end.
 */
class LogReader
{
public:
    LogReader() = default;
    virtual ~LogReader();
    Q_DISABLE_COPY_MOVE(LogReader)

    /** It has read up to \a offset. */
    void readUpTo(EventLog &log, quint64 offset);
    void stopReading();

private:
    friend class LogReaders;
    /** Something behind its place was forgotten, and more may be from now on. Called by the log while it
     * appends. */
    virtual void fellBehind() = 0;

    EventLog *m_log = nullptr; ///< Null: nothing is kept for it.
    std::multimap<quint64, LogReader *>::iterator m_place;
};

/** Those who read one log, by how far they have come. */
class LogReaders
{
public:
    LogReaders() = default;
    ~LogReaders();
    Q_DISABLE_COPY_MOVE(LogReaders)

    void place(EventLog &log, LogReader &reader, quint64 offset);
    void remove(LogReader &reader);

    /** Whether one of them has to read \a offset yet. */
    [[nodiscard]] bool need(quint64 offset) const
    {
        return !m_readers.empty() && m_readers.begin()->first < offset;
    }
    /**
     * Tells those who would have had to read \a offset that they need not come for it: a few at each call, so
     * that an event costs the same however many have stopped. The others are told by the next ones; until
     * then they still count as somebody who has to read it.
     */
    void dropThoseBefore(quint64 offset);

    static constexpr int MostDropped = 8; ///< In one call.

private:
    std::multimap<quint64, LogReader *> m_readers;
};

} // namespace dialogue
