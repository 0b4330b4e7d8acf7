#pragma once

#include "client/engineio/transport.h"

#include <deque>
#include <variant>

namespace dialogue::client {

/**
 * What came and was not told yet, in its order, and how much memory that takes. Above a bound nothing more is
 * to be read, until half of it is told: whoever sends faster than handlers are done waits on the wire.
 */
class Inbox
{
public:
    struct Opened
    { };
    struct Ended
    {
        ConnectionFailure failure;
        bool byServer;
    };
    using Incoming = std::variant<Opened, engineio::Packet, Ended>;

    explicit Inbox(qint64 bound);

    void push(Incoming incoming);
    Incoming pop(); ///< Unless it is empty.
    void clear();

    /** What was told and is not heard yet, elsewhere: it counts as well. */
    void setUnheard(qint64 bytes);

    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    /** Changes with push(), pop(), clear() and setUnheard(). */
    [[nodiscard]] bool isFull() const { return m_full; }

private:
    static qint64 sizeOf(const Incoming &incoming);
    void changed(qint64 by);

    std::deque<Incoming> m_waiting;
    qint64 m_bound;
    qint64 m_bytes = 0;
    qint64 m_unheard = 0;
    bool m_full = false;
};

} // namespace dialogue::client
