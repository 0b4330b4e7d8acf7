#pragma once

#include "core/base/export.h"

#include <QtGlobal>

#include <memory>
#include <utility>

class QObject;

namespace dialogue {

/** Whether \a object may be used in this thread: it is its own, or one that has ended. */
DIALOGUE_CORE_EXPORT bool isInThreadOf(const QObject *object);
/** What to do where it may not. */
DIALOGUE_CORE_EXPORT const char *wrongThread();

/** The private part of a QObject that belongs to one thread; debug builds assert each use from there. */
template <class T>
class ThreadBound
{
public:
    ThreadBound(const QObject *owner, std::unique_ptr<T> part)
        : m_owner(owner)
        , m_part(std::move(part))
    { }

    T &operator*() const
    {
        Q_ASSERT_X(isInThreadOf(m_owner), "Dialogue for Qt", wrongThread());
        return *m_part;
    }
    T *operator->() const { return &**this; }

private:
    const QObject *m_owner;
    std::unique_ptr<T> m_part;
};

} // namespace dialogue
