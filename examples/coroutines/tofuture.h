#pragma once

#include <QCoroTask>
#include <QFuture>
#include <QPromise>

#include <exception>
#include <utility>

/** Ends \a promise as \a task ends: with what it gives, or throws. */
template <class T>
QCoro::Task<> fulfil(QPromise<T> promise, QCoro::Task<T> task)
{
    try {
        promise.addResult(co_await task);
    } catch (...) {
        promise.setException(std::current_exception());
    }
    promise.finish();
}

/** What a coroutine is for a hook, and for whoever else takes a future. It goes on where nobody keeps that.
 */
template <class T>
QFuture<T> toFuture(QCoro::Task<T> task)
{
    QPromise<T> promise;
    promise.start();
    QFuture<T> future = promise.future();
    fulfil(std::move(promise), std::move(task));
    return future;
}
