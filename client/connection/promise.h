#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>

namespace dialogue::client {

/** Runs \a word once control is back in the event loop, or when \a context is deleted. */
inline void eventually(QObject *context, std::function<void()> word)
{
    // Kept when the event is done with, whether it was delivered or dropped.
    const std::shared_ptr<void> kept(nullptr, [word = std::move(word)](void *) { word(); });
    QMetaObject::invokeMethod(
        context, [kept] {}, Qt::QueuedConnection);
}

/** A promise of a Result, to be kept once from wherever the answer comes. */
template <class T>
class Promise
{
public:
    Promise()
        : m_promise(std::make_shared<QPromise<Result<T>>>())
    {
        m_promise->start();
    }

    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise->future(); }

    /** Runs continuations, which may delete anything. */
    void finish(Result<T> result) const
    {
        const auto promise = m_promise;
        promise->addResult(std::move(result));
        promise->finish();
    }

    /** Likewise, but eventually(). */
    void finishLater(QObject *context, Result<T> result) const
    {
        eventually(context, [promise = *this, result = std::move(result)] { promise.finish(result); });
    }

private:
    std::shared_ptr<QPromise<Result<T>>> m_promise;
};

} // namespace dialogue::client
