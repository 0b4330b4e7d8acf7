#pragma once

#include "core/base/threadbound.h"

namespace dialogue {

/** A ThreadBound of a part that knows its QObject as `q`; it takes a pointer less, which counts where there
 * are many. */
template <class T>
class ThreadBoundPart
{
public:
    explicit ThreadBoundPart(std::unique_ptr<T> part)
        : m_part(std::move(part))
    { }

    T &operator*() const
    {
        Q_ASSERT_X(isInThreadOf(m_part->q), "Dialogue for Qt", wrongThread());
        return *m_part;
    }
    T *operator->() const { return &**this; }

private:
    std::unique_ptr<T> m_part;
};

} // namespace dialogue
