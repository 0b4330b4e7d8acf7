#pragma once

#include <QByteArray>

#include <cstddef>
#include <vector>

namespace dialogue::qtwebsockets {

/** Messages that have come and wait, in order. One behind the other: of the smallest there may be some
 * hundred thousand, and an allocation for each would be ten times what they say. */
class HeldMessages
{
public:
    struct Message
    {
        QByteArray data;
        bool binary = false;
    };

    void add(QByteArrayView data, bool binary)
    {
        m_bytes.append(data);
        m_messages.push_back({data.size(), binary});
    }
    /** The first; only where there is one. */
    Message take()
    {
        const Place place = m_messages[m_first++];
        Message message{m_bytes.sliced(m_begin, place.size), place.binary};
        m_begin += place.size;
        if (isEmpty())
            clear();
        return message;
    }
    void clear() { *this = {}; }

    [[nodiscard]] bool isEmpty() const { return m_first == m_messages.size(); }
    /** About what they take, with those that were taken out since it was empty last. */
    [[nodiscard]] qint64 bytes() const
    {
        return m_bytes.size() + static_cast<qint64>(m_messages.size() * sizeof(Place));
    }

private:
    struct Place
    {
        qsizetype size;
        bool binary;
    };

    QByteArray m_bytes;
    qsizetype m_begin = 0; ///< Of the first.
    std::vector<Place> m_messages;
    std::size_t m_first = 0;
};

} // namespace dialogue::qtwebsockets
