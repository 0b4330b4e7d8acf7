#pragma once

#include "server/loop/deadlines.h"

#include <cstddef>
#include <vector>

namespace dialogue {

class NextTurn;

/** Something with more to do than one turn is for. Lives in the thread of its NextTurn. */
class Resumable
{
public:
    Resumable() = default;
    Resumable(const Resumable &) = delete;
    Resumable &operator=(const Resumable &) = delete;
    virtual ~Resumable();

protected:
    /** The next turn: others had theirs in between. */
    virtual void goOn() = 0;
    [[nodiscard]] bool goesOn() const { return m_list; } ///< In the next turn.

private:
    friend class NextTurn;
    std::vector<Resumable *> *m_list = nullptr; ///< Of its NextTurn, while it waits for it.
    std::size_t m_index = 0;
};

/** A resumable that calls a member function: `MemberResumable<&Session::pump, Session> m_goOn{this};` */
template <auto Function, class Owner>
class MemberResumable final : public Resumable
{
public:
    explicit MemberResumable(Owner *owner)
        : m_owner(owner)
    { }
    using Resumable::goesOn;

protected:
    void goOn() override { (m_owner->*Function)(); }

private:
    Owner *m_owner;
};

/**
 * What was too much for one turn of a thread's event loop goes on in the next, once sockets have been looked
 * at again. A posted call would not do: it is made in the same turn, and so are those it posts.
 */
class NextTurn
{
public:
    explicit NextTurn(DeadlineQueue *deadlines)
        : m_deadlines(deadlines)
    { }
    NextTurn(const NextTurn &) = delete;
    NextTurn &operator=(const NextTurn &) = delete;
    ~NextTurn();

    /** Once, however often it asks. */
    void schedule(Resumable *resumable);

private:
    void begin();

    DeadlineQueue *m_deadlines;
    std::vector<Resumable *> m_waiting; ///< Null: gone since.
    std::vector<Resumable *> m_current; ///< Those whose turn it is.
    MemberDeadline<&NextTurn::begin, NextTurn> m_deadline{this};
};

} // namespace dialogue
