#pragma once

#include <QObject>

#include <list>
#include <memory>
#include <utility>

namespace dialogue {

class ExceptionLog;

/** What SlicedWork has done. */
struct SlicedWorkCounters
{
    qint64 steps = 0;
    qint64 slices = 0;
    qint64 pending = 0; ///< Tasks that are not at their end now.
    int longestSlice = 0; ///< The most steps in one go.
};

/**
 * Work that takes long when there is much of it, such as emptying a room: a bounded piece of it at once, and
 * the rest piece by piece, in turns of the event loop. Lives in the hub's thread.
 *
 * A task may run user code, which may add tasks and run an event loop of its own.
 */
class SlicedWork : public QObject
{
    Q_OBJECT

public:
    class Task
    {
    public:
        virtual ~Task() = default;
        /** Does one piece of it and says how many steps that took: at least one. 0: there was nothing left to
         * do. */
        virtual int step() = 0;
    };

    static constexpr int StepsPerSlice = 256; ///< And what the last of them takes beyond that.

    /** What user code throws goes to \a exceptions. */
    explicit SlicedWork(std::shared_ptr<ExceptionLog> exceptions, QObject *parent = nullptr)
        : QObject(parent)
        , m_exceptions(std::move(exceptions))
    { }

    /** Does the first slice of \a task now. */
    void add(std::unique_ptr<Task> task);
    /** Drops what is not done. */
    void clear() { m_tasks.clear(); }

    [[nodiscard]] SlicedWorkCounters counters() const;

protected:
    bool event(QEvent *event) override;

private:
    /** True when the task is at its end. */
    bool run(Task &task, int &steps);
    void count(int steps);
    void goOn();

    std::shared_ptr<ExceptionLog> m_exceptions;
    std::list<std::unique_ptr<Task>> m_tasks; ///< Who is next first.
    bool m_running = false;
    bool m_posted = false;
    SlicedWorkCounters m_counters;
};

} // namespace dialogue
