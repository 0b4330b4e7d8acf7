#pragma once

#include <QtGlobal>

#include <optional>

namespace dialogue::bridge {

template <class Message>
class Lanes;

/**
 * What waits of one sender, in the order it came: see Lanes. Must outlive what waits in it, which may be what
 * keeps it alive.
 */
template <class Message>
class Lane
{
public:
    Lane() = default;
    Q_DISABLE_COPY_MOVE(Lane)

    [[nodiscard]] bool isEmpty() const { return !m_first; }
    [[nodiscard]] int waiting() const { return m_waiting; }
    /** Nothing waits, nothing is being served, and nobody holds it. */
    [[nodiscard]] bool isIdle() const { return m_place == Place::None && !m_held; }
    [[nodiscard]] bool isHeld() const { return m_held; }

    quint32 turn = 0; ///< In which its sender was served without waiting, see HubTurns;
    /** How many messages had been handled when its first was the next; see HubTurns. It wraps around. */
    quint32 nextSince = 0;
    quint8 servedAtOnce = 0; ///< and how often.

private:
    friend class Lanes<Message>;
    struct Waiting
    {
        std::optional<Message> message; ///< Nothing in a spare one.
        Waiting *next = nullptr;
        Waiting *previous = nullptr;
    };

    enum class Place : quint8 {
        None, ///< It has no turn.
        Ready, ///< Few wait, and it is due.
        Resting, ///< Few wait, and it is not.
        Many
    };

    Waiting *m_first = nullptr;
    Waiting *m_last = nullptr;
    Lane *m_next = nullptr; ///< At its place.
    Lane *m_previous = nullptr;
    int m_waiting = 0;
    quint32 m_due = 0; ///< How many messages have been served when it is; it wraps around.
    Place m_place = Place::None;
    bool m_held = false;
};

} // namespace dialogue::bridge
