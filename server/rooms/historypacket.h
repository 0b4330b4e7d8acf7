#pragma once

#include "server/broker/keptevent.h"
#include "server/fanout/publication.h"
#include "server/rooms/permissions.h"

#include <algorithm>
#include <utility>

namespace dialogue {

/** What one packet may hold. */
struct PacketLimits
{
    qint64 bytes;
    int attachments;
};

/**
 * Several messages in one packet: their envelopes as an array, their attachments in one list, and each binary
 * placeholder pointing into that list. What a log keeps is put together as the text it is.
 */
class HistoryPacket
{
public:
    explicit HistoryPacket(const PacketLimits &limits)
        : m_limits(limits)
    { }

    /** From now on it goes by what is not for who asks, and leaves it out. */
    void setFilter(permissions::EventFilter filter) { m_filter = std::move(filter); }

    /** False, and not taken, where it does not fit. The first one does. */
    bool add(const Publication &publication);
    bool add(const EventMessage &message);
    bool add(const KeptEvent &event);
    void cut() { m_full = true; } ///< There was more, which nobody has asked it to take.

    /** How many there were, with those it left out. */
    [[nodiscard]] int visited() const { return m_count + m_skipped; }

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] qint64 bytesLeft() const { return std::max<qint64>(0, m_limits.bytes - m_size); }
    [[nodiscard]] bool isFull() const { return m_full; } ///< There was one that did not fit.
    [[nodiscard]] JsonData events() const; ///< An array.
    [[nodiscard]] const QList<QByteArray> &attachments() const { return m_attachments; }

private:
    bool add(QByteArrayView envelope, const QList<QByteArray> &attachments);
    /** Of an envelope whose placeholders count from 0. */
    bool addAsKept(QByteArrayView json, const QList<QByteArray> &attachments);
    [[nodiscard]] bool isLeftOut(const QString &event);
    [[nodiscard]] int shift() const { return static_cast<int>(m_attachments.size()); }

    PacketLimits m_limits;
    permissions::EventFilter m_filter;
    int m_count = 0;
    int m_skipped = 0;
    bool m_full = false;
    qint64 m_size = 0;
    QByteArray m_text;
    QList<QByteArray> m_attachments;
};

} // namespace dialogue
