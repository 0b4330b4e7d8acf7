#pragma once

#include <QObject>

#include <vector>

namespace dialogue::bench {

/** CPU time of this thread, in microseconds. */
[[nodiscard]] qint64 threadMicroseconds();

/** CPU time of each turn of this thread's event loop, from when it wakes to when it would sleep again: what
 * nothing else, such as the next frame, can come in between. */
class Turns : public QObject
{
public:
    explicit Turns(QObject *parent = nullptr);

    /** What was before does not count. */
    void clear();
    [[nodiscard]] qint64 longest() const; ///< In microseconds.
    [[nodiscard]] qint64 percentile(int percent) const; ///< Of those that did something.

private:
    qint64 m_begin = 0;
    std::vector<qint64> m_turns;
};

} // namespace dialogue::bench
