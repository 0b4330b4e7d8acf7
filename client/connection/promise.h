#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QPromise>

#include <memory>

namespace dialogue::client {

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

    [[nodiscard]] static QFuture<Result<T>> finished(Result<T> result)
    {
        const Promise promise;
        promise.finish(std::move(result));
        return promise.future();
    }

private:
    std::shared_ptr<QPromise<Result<T>>> m_promise;
};

} // namespace dialogue::client
