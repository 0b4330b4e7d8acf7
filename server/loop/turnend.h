#pragma once

#include <QObject>

#include <chrono>
#include <cstddef>
#include <vector>

namespace dialogue {

class TurnDispatcher;
class TurnEnd;

/** Something with work that is cheaper done once per turn of the event loop. Lives in the thread of its
 * TurnEnd. */
class Flushable
{
public:
    Flushable() = default;
    Flushable(const Flushable &) = delete;
    Flushable &operator=(const Flushable &) = delete;
    virtual ~Flushable();

protected:
    virtual void flush() = 0;

private:
    friend class TurnEnd;
    std::vector<Flushable *> *m_list = nullptr; ///< Of its TurnEnd, while it is scheduled.
    std::size_t m_index = 0;
};

/**
 * The end of a thread's turn; one per thread, made in that thread once its event dispatcher is in place.
 *
 * Hangs on QAbstractEventDispatcher::aboutToBlock. A TurnDispatcher emits that at the end of every turn; Qt's
 * own dispatchers only before they really wait, so with them an event posted to ourselves makes sure of it.
 */
class TurnEnd : public QObject
{
    Q_OBJECT

public:
    explicit TurnEnd(QObject *parent = nullptr);
    ~TurnEnd() override;

    /** \a flushable is flushed once before this turn ends, however often it asks. */
    void schedule(Flushable *flushable);
    /** The same before the turn after this one ends, which is within \a limit. Only where canPostpone(), and
     * only from within \a flushable's flush(). */
    void postpone(Flushable *flushable, std::chrono::nanoseconds limit);
    /** Not on a dispatcher of Qt's, and not in flushAll(). */
    [[nodiscard]] bool canPostpone() const { return m_turnEnds; }
    /** Flushes all that is scheduled or postponed now, also what is scheduled meanwhile. */
    void flushAll();

protected:
    bool event(QEvent *event) override;

private:
    void turnEnds();
    void scheduleIn(std::vector<Flushable *> &list, Flushable *flushable);

    TurnDispatcher *m_dispatcher = nullptr; ///< Null: one of Qt's own.
    std::vector<Flushable *> m_scheduled;
    std::vector<Flushable *> m_postponed;
    bool m_turnEnds = false; ///< Just now, and there is a next one to postpone to.
    bool m_posted = false;
    bool m_flushing = false;
};

} // namespace dialogue
