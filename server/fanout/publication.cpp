#include "server/fanout/publication.h"

#include "core/protocol/dialogue/eventmessage.h"

#include <QMutexLocker>

namespace dialogue {

PublicationPtr Publication::create(const Encodings &encodings, const Position &position,
                                   const EventMessage &message, QByteArrayView json, const LossRules &rules)
{
    const std::shared_ptr<Frame> frame = encodings.kept.keep(json, message.attachments);
    frame->policy = rules.policy;
    frame->stream = rules.stream;
    frame->offset = position.offset;
    frame->isVolatile = rules.isVolatile;
    if (rules.policy == SlowReaderPolicy::KeepLatest)
        frame->setKey(rules.key);
    return std::make_shared<Publication>(encodings, position, message.event, frame);
}

Publication::Publication(const Encodings &encodings, const Position &position, QString event, FramePtr kept)
    : m_encodings(encodings)
    , m_position(position)
    , m_event(std::move(event))
    , m_kept(std::move(kept))
{ }

Publication::~Publication()
{
    for (const Encoded *each = m_others.load(std::memory_order_relaxed); each;)
        delete std::exchange(each, each->next);
}

qsizetype Publication::attachmentCount() const
{
    return static_cast<qsizetype>(m_kept->messages().size()) - 1;
}

QList<QByteArray> Publication::attachments() const
{
    QList<QByteArray> list;
    list.reserve(attachmentCount());
    for (const Frame::Message &message : m_kept->messages().subspan(1))
        list.append(m_kept->payload(message).toByteArray());
    return list;
}

const Publication::Encoded *Publication::find(const Encoding &encoding) const
{
    const Encoded *each = m_others.load(std::memory_order_acquire);
    while (each && &each->encoding != &encoding)
        each = each->next;
    return each;
}

const FramePtr &Publication::encodedByOther(const Encoding &encoding) const
{
    if (const Encoded *const there = find(encoding))
        return there->frame;
    const QMutexLocker lock(&m_mutex);
    if (const Encoded *const there = find(encoding)) // Made by another thread meanwhile.
        return there->frame;
    const std::shared_ptr<Frame> frame = encoding.encode(*this);
    frame->takeRulesOf(*m_kept);
    if (frame->stream)
        frame->stream = static_cast<const RoomStream &>(*frame->stream).in(encoding);
    const auto *const added = new Encoded{encoding, frame, m_others.load(std::memory_order_relaxed)};
    m_others.store(added, std::memory_order_release);
    return added->frame;
}

FramePtr Publication::encodedFor(Occasion occasion, const Encoding &encoding) const
{
    const FramePtr &frame = encodedBy(encoding);
    return occasion == Occasion::Replay && frame->isDroppable() ? frame->asReplay() : frame;
}

qint64 Publication::heapSize() const
{
    constexpr qint64 allocation = 16; // What the allocator takes for itself, and what it rounds up to.
    constexpr qint64 frameAllocations
        = 2 * allocation + sizeof(Frame) + 2 * sizeof(void *) + sizeof(QArrayData);
    constexpr qint64 own = allocation + sizeof(Publication) + 2 * sizeof(void *);
    const qsizetype attached = attachmentCount();
    const qint64 frame = frameAllocations + m_kept->bytes().capacity() + m_kept->key().capacity()
        + (attached > 0 ? allocation + (1 + attached) * qsizetype(sizeof(Frame::Message)) : 0);
    // Others may have to write attachments as text.
    const qint64 other = frame + allocation + qint64(sizeof(Encoded)) + (attached > 0 ? size() / 2 : 0);
    return own + frame + m_encodings.others * other;
}

EventMessage Publication::message(const QString &roomId) const
{
    EventMessage message = protocol::decodeEventMessage(json());
    message.event = m_event;
    message.roomId = roomId;
    message.attachments = attachments();
    return message;
}

} // namespace dialogue
