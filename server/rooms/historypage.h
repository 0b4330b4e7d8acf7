#pragma once

#include "server/history/publication.h"

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
class HistoryPage
{
public:
    explicit HistoryPage(const PacketLimits &limits)
        : m_limits(limits)
    { }

    /** False, and not taken, where it does not fit. The first one does. */
    bool add(const Publication &publication);
    bool add(const EventMessage &message);

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] bool isFull() const { return m_full; } ///< There was one that did not fit.
    [[nodiscard]] JsonData events() const; ///< An array.
    [[nodiscard]] const QList<QByteArray> &attachments() const { return m_attachments; }

private:
    bool add(QByteArrayView envelope, const QList<QByteArray> &attachments);
    [[nodiscard]] int shift() const { return static_cast<int>(m_attachments.size()); }

    PacketLimits m_limits;
    int m_count = 0;
    bool m_full = false;
    qint64 m_size = 0;
    QByteArray m_text;
    QList<QByteArray> m_attachments;
};

} // namespace dialogue
