#pragma once

#include <QtGlobal>

#include <bit>
#include <map>

namespace dialogue {

/**
 * Somebody who holds memory, in a list of those who hold about as much: see SizeClasses. In none while it
 * holds nothing; takes itself out when it ends.
 */
class SizeClassNode
{
public:
    SizeClassNode() = default;
    ~SizeClassNode() { unlink(); }
    Q_DISABLE_COPY_MOVE(SizeClassNode)

    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    template <class Holder>
    friend class SizeClasses;

    void linkBefore(SizeClassNode &next)
    {
        m_previous = next.m_previous;
        m_next = &next;
        m_previous->m_next = this;
        next.m_previous = this;
    }
    void unlink()
    {
        if (!m_next)
            return;
        m_previous->m_next = m_next;
        m_next->m_previous = m_previous;
        m_next = m_previous = nullptr;
    }

    qint64 m_bytes = 0;
    SizeClassNode *m_next = nullptr;
    SizeClassNode *m_previous = nullptr;
};

/**
 * Who holds most, to a factor of two, in constant time however many there are. Of those who hold about as
 * much it is who was not heard of for longest. \a Holder is a SizeClassNode.
 */
template <class Holder>
class SizeClasses
{
public:
    SizeClasses() = default;
    ~SizeClasses()
    {
        for (auto &[bits, head] : m_heads) {
            while (head.m_next != &head)
                head.m_next->unlink();
        }
    }
    Q_DISABLE_COPY_MOVE(SizeClasses)

    /** \a holder holds \a bytes now. Who comes to hold more was heard of. */
    void set(Holder &holder, qint64 bytes)
    {
        SizeClassNode &node = holder;
        const auto before = static_cast<quint64>(node.m_bytes);
        const auto now = static_cast<quint64>(bytes);
        node.m_bytes = bytes;
        if (std::bit_width(before) == std::bit_width(now))
            return;
        node.unlink();
        if (now > 0) {
            SizeClassNode &head = headOf(node);
            node.linkBefore(now > before ? head : *head.m_next);
        }
    }
    /** \a holder, which holds something, was heard of. */
    void touch(Holder &holder)
    {
        SizeClassNode &node = holder;
        node.unlink();
        node.linkBefore(headOf(node));
    }

    /** Null: nobody holds anything. */
    [[nodiscard]] Holder *largest()
    {
        while (!m_heads.empty()) {
            const auto last = std::prev(m_heads.end());
            SizeClassNode &head = last->second;
            if (head.m_next != &head)
                return static_cast<Holder *>(head.m_next);
            m_heads.erase(last);
        }
        return nullptr;
    }

private:
    SizeClassNode &headOf(const SizeClassNode &node)
    {
        SizeClassNode &head = m_heads[std::bit_width(static_cast<quint64>(node.m_bytes))];
        if (!head.m_next)
            head.m_next = head.m_previous = &head;
        return head;
    }

    std::map<int, SizeClassNode> m_heads; ///< Each the head of a ring, of those with that many bits.
};

} // namespace dialogue
