#include "server/history/logreader.h"

#include "server/history/eventlog.h"

#include <utility>

namespace dialogue {

LogReader::~LogReader() { stopReading(); }

void LogReader::readUpTo(EventLog &log, quint64 offset) { log.readers().place(log, *this, offset); }

void LogReader::stopReading()
{
    if (m_log)
        m_log->stopReading(*this);
}

LogReaders::~LogReaders()
{
    for (const auto &[offset, reader] : m_readers)
        reader->m_log = nullptr;
}

void LogReaders::place(EventLog &log, LogReader &reader, quint64 offset)
{
    if (reader.m_log)
        m_readers.erase(reader.m_place);
    reader.m_log = &log;
    reader.m_place = m_readers.emplace(offset, &reader);
}

void LogReaders::remove(LogReader &reader)
{
    m_readers.erase(reader.m_place);
    reader.m_log = nullptr;
}

void LogReaders::dropThoseBefore(quint64 offset)
{
    for (int dropped = 0; dropped < MostDropped && need(offset); ++dropped) {
        LogReader &reader = *m_readers.begin()->second;
        remove(reader);
        reader.fellBehind();
    }
}

} // namespace dialogue
