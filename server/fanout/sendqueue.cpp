#include "server/fanout/sendqueue.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

/** So few are looked through for a key before they are linked: what gathers in a turn for one who reads. */
constexpr std::size_t Few = 16;
/** So many wait for one who does not read, and are linked before it is much to do at once. */
constexpr std::size_t Many = 1024;

} // namespace

SendQueue::Added SendQueue::add(const FramePtr &frame, qint64 elsewhere)
{
    const qint64 size = frame->bytes().size();
    if (m_bytes + elsewhere + size > m_room || isToBeLinked(*frame))
        return addLossy(frame, elsewhere);
    m_frames.push_back(frame);
    m_bytes += size;
    return Added::Queued;
}

bool SendQueue::isToBeLinked(const Frame &newer) const
{
    return newer.policy != SlowReaderPolicy::Disconnect
        && (m_frames.size() >= Many || (newer.policy == SlowReaderPolicy::KeepLatest && mayReplace(newer)));
}

bool SendQueue::mayReplace(const Frame &newer) const
{
    const std::span<const FramePtr> waiting = std::span(m_frames).subspan(m_first);
    return waiting.size() > Few || std::ranges::any_of(waiting, [&newer](const FramePtr &frame) {
               return frame->keyHash() == newer.keyHash() && frame->stream == newer.stream
                   && frame->policy == newer.policy && frame->key() == newer.key();
           });
}

SendQueue::Added SendQueue::addLossy(const FramePtr &frame, qint64 elsewhere)
{
    if (!m_lossy)
        link();
    if (frame->isDroppable() && frame->policy == SlowReaderPolicy::KeepLatest)
        m_lossy->replaceBy(*frame);
    const bool fits = makeRoom(*frame, m_lossy->limit() - elsewhere - frame->bytes().size());
    if (fits)
        m_lossy->append(frame);
    else if (frame->isDroppable())
        m_lossy->refuse(*frame);
    lossyChanged();
    if (fits)
        return Added::Queued;
    if (!frame->isDroppable())
        journal().unsent(*frame);
    return frame->isDroppable() ? Added::Dropped : Added::Overflow;
}

bool SendQueue::makeRoom(const Frame &frame, qint64 room)
{
    const auto drop
        = [&] { return frame.isDroppable() ? m_lossy->dropOldest(*frame.stream) : m_lossy->dropOldest(); };
    while (m_lossy->bytes() - m_frontWritten > room) {
        if (!drop())
            return false;
    }
    return true;
}

void SendQueue::link()
{
    m_lossy = std::make_unique<LossyQueue>(std::exchange(m_room, Lossy), m_counters, journal());
    for (std::size_t i = m_first; i < m_frames.size(); ++i) {
        m_lossy->append(m_frames[i]);
        if (i == m_first && m_frontWritten > 0)
            m_lossy->holdFront(); // Before another of its key follows, which is the latest then.
    }
    std::vector<FramePtr>().swap(m_frames);
    m_first = 0;
}

void SendQueue::lossyChanged()
{
    if (m_lossy->isEmpty() && !isTraced())
        clear();
    else
        m_bytes = m_lossy->bytes() - m_frontWritten;
}

SendJournal &SendQueue::journal()
{
    if (!m_journal)
        m_journal = std::make_unique<SendJournal>();
    return *m_journal;
}

void SendQueue::setTraced(bool traced)
{
    if (!traced && !m_journal)
        return;
    journal().setTraced(traced);
    if (traced && !m_lossy)
        link();
    if (m_lossy)
        lossyChanged();
}

template <class Look>
void SendQueue::visit(Look look) const
{
    if (m_lossy)
        return m_lossy->visit(look);
    for (std::size_t i = m_first; i < m_frames.size(); ++i) {
        if (!look(*m_frames[i]))
            return;
    }
}

std::optional<EventFate> SendQueue::fateOf(QStringView stream, quint64 offset) const
{
    std::optional<EventFate> fate;
    qint64 ahead = -qint64(m_frontWritten);
    visit([&](const Frame &frame) {
        if (frame.offset == offset && frame.stream && frame.stream->name() == stream)
            fate = {.kind = EventFate::Kind::Waits, .bytesAhead = std::max<qint64>(ahead, 0)};
        ahead += frame.bytes().size();
        return !fate;
    });
    return fate || !m_journal ? fate : m_journal->record().find(stream, offset);
}

SendRecordPtr SendQueue::record(bool waiting) const
{
    if ((!m_journal || m_journal->isEmpty()) && (!waiting || isEmpty()))
        return {};
    auto record = std::make_shared<SendRecord>(m_journal ? m_journal->record() : SendRecord());
    if (!waiting || isEmpty())
        return record;
    SendJournal ends; // Of each stream one stretch.
    visit([&](const Frame &frame) {
        ends.unsent(frame);
        return true;
    });
    for (FateSpan span : ends.record().spans) {
        span.kind = EventFate::Kind::Waits;
        record->spans.push_back(std::move(span));
    }
    return record;
}

void SendQueue::giveUp()
{
    if (isEmpty())
        return;
    SendJournal &remembers = journal();
    visit([&](const Frame &frame) {
        remembers.unsent(frame);
        return true;
    });
}

void SendQueue::abandon()
{
    giveUp();
    clear();
}

std::size_t SendQueue::gather(std::span<iovec> vectors)
{
    const std::size_t count = std::min(vectors.size(), m_frames.size() - m_first);
    if (count == 0)
        return m_lossy ? gatherLossy(vectors) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const QByteArray &bytes = m_frames[m_first + i]->bytes();
        const qsizetype offset = i == 0 ? m_frontWritten : 0;
        vectors[i] = {const_cast<char *>(bytes.constData()) + offset, std::size_t(bytes.size() - offset)};
    }
    return count;
}

std::size_t SendQueue::gatherLossy(std::span<iovec> vectors)
{
    const std::size_t count = m_lossy->gather(vectors, m_frontWritten);
    lossyChanged();
    return count;
}

void SendQueue::consume(qint64 bytes)
{
    if (bytes == m_bytes && !m_lossy) {
        clearFrames(); // Nearly always, and then no frame is looked at once more.
        return;
    }
    m_bytes -= bytes;
    bytes += std::exchange(m_frontWritten, 0U);
    while (!isEmpty() && bytes >= front()->bytes().size()) {
        bytes -= front()->bytes().size();
        popFront();
    }
    m_frontWritten = quint32(bytes);
    if (m_lossy) {
        if (m_frontWritten > 0)
            m_lossy->holdFront();
        lossyChanged();
    }
}

QByteArray SendQueue::takeFront()
{
    const QByteArray whole = front()->bytes();
    const QByteArray rest = m_frontWritten > 0 ? whole.sliced(m_frontWritten) : whole;
    m_bytes -= rest.size();
    m_frontWritten = 0;
    popFront();
    return rest;
}

FramePtr SendQueue::takeFrame()
{
    const FramePtr frame = front();
    m_bytes -= frame->bytes().size();
    popFront();
    return frame;
}

void SendQueue::popFront()
{
    if (m_lossy) {
        m_lossy->popFront();
        lossyChanged();
        return;
    }
    m_frames[m_first++].reset();
    if (isEmpty())
        clearFrames();
    else if (m_first >= 32 && m_first * 2 >= m_frames.size()) {
        m_frames.erase(m_frames.begin(), m_frames.begin() + qsizetype(m_first));
        m_first = 0;
    }
}

void SendQueue::clear()
{
    if (m_lossy) {
        m_room = m_lossy->limit();
        m_lossy.reset();
    }
    if (m_journal)
        m_journal->settle();
    clearFrames();
}

void SendQueue::clearFrames()
{
    constexpr std::size_t Kept = 16; // What a busy connection needs again at once.
    if (m_frames.capacity() > Kept)
        std::vector<FramePtr>().swap(m_frames);
    m_frames.clear();
    m_first = 0;
    m_frontWritten = 0;
    m_bytes = 0;
}

} // namespace dialogue
