#pragma once

#include <QObject>

#include <cstddef>
#include <vector>

namespace dialogue {

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
    TurnEnd *m_scheduledAt = nullptr;
    std::size_t m_index = 0;
};

/**
 * The end of a thread's turn; one per thread, made in that thread once its event dispatcher is in place.
 *
 * Hangs on QAbstractEventDispatcher::aboutToBlock. EpollDispatcher emits that at the end of every turn; Qt's
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
    /** Flushes all that is scheduled now, also what is scheduled meanwhile. */
    void flushAll();

protected:
    bool event(QEvent *event) override;

private:
    friend class Flushable;
    std::vector<Flushable *> m_scheduled;
    bool m_needsEvent = true;
    bool m_posted = false;
    bool m_flushing = false;
};

} // namespace dialogue
