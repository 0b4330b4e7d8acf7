#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QFutureWatcher>
#include <QMetaObject>
#include <QObject>
#include <QPromise>

#include <concepts>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

namespace dialogue {

class ExceptionLog;
template <class T>
class Answer;

namespace later {

/** What an Answer that is not there yet comes from. */
template <class T>
class Source
{
public:
    Source() = default;
    Q_DISABLE_COPY_MOVE(Source)
    virtual ~Source() = default;
    [[nodiscard]] virtual bool isReady() const = 0;
    [[nodiscard]] virtual Result<T> result(ExceptionLog *log) const = 0;
    /** Of what watches it, in this thread. */
    virtual QFutureWatcherBase *watch(QObject *parent) const = 0;
};

/** A future that has ended with \a result. Qt's own has one name up to 6.5, and another from 6.6 on. */
template <class T>
[[nodiscard]] QFuture<Result<T>> ended(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

/** Unavailable, for a future that ended without a result. What \a rethrow throws goes to \a log, if any. */
DIALOGUE_CORE_EXPORT Error noResult(const std::function<void()> &rethrow, ExceptionLog *log);

template <class T>
class FutureSource final : public Source<T>
{
public:
    explicit FutureSource(QFuture<Result<T>> future)
        : m_future(std::move(future))
    { }
    [[nodiscard]] bool isReady() const override { return m_future.isFinished(); }
    [[nodiscard]] Result<T> result(ExceptionLog *log) const override
    {
        if (m_future.resultCount() > 0)
            return m_future.resultAt(0);
        return noResult([future = m_future]() mutable { future.waitForFinished(); }, log);
    }
    QFutureWatcherBase *watch(QObject *parent) const override
    {
        auto *const watcher = new QFutureWatcher<Result<T>>(parent);
        watcher->setFuture(m_future); // What it has to say comes from the event loop.
        return watcher;
    }

private:
    const QFuture<Result<T>> m_future;
};

template <class T, class From, class F>
class MappedSource final : public Source<T>
{
public:
    MappedSource(std::shared_ptr<const Source<From>> from, F map)
        : m_from(std::move(from))
        , m_map(std::move(map))
    { }
    [[nodiscard]] bool isReady() const override { return m_from->isReady(); }
    [[nodiscard]] Result<T> result(ExceptionLog *log) const override
    {
        return m_from->result(log).transform(m_map);
    }
    QFutureWatcherBase *watch(QObject *parent) const override { return m_from->watch(parent); }

private:
    const std::shared_ptr<const Source<From>> m_from;
    const F m_map;
};

} // namespace later

/**
 * A Result<T> that is there, or comes later: what a function hands back that may have somebody to ask.
 *
 *     Answer<QJsonValue> f() { return QJsonObject{{u"sum"_s, 3}}; }
 *     Answer<QJsonValue> f() { return Error{ErrorCode::PermissionDenied, u"not you"_s}; }
 *     Answer<QJsonValue> f() { return QtConcurrent::run([] { return Result<QJsonValue>(compute()); }); }
 *
 * A future may be finished by any thread, with one Result; its only continuation is ours. Where it is
 * cancelled, empty, or ends with an exception, the Error is Unavailable.
 *
 * Whoever is handed one waits for it by then() or toFuture(); nothing here blocks:
 *
 *     room->trigger(u"message"_s, data).then(this, [](const Result<EventMessage> &said) { ... });
 */
template <class T>
class [[nodiscard]] Answer
{
public:
    using value_type = T;

    Answer() requires(std::is_void_v<T>)
        : m_state(std::in_place_index<0>)
    { }
    Answer(Result<T> result)
        : m_state(std::in_place_index<0>, std::move(result))
    { }
    Answer(Error error)
        : m_state(std::in_place_index<0>, std::move(error))
    { }
    template <class U>
    requires(!std::is_void_v<T> && std::convertible_to<U, T> && !std::convertible_to<U, Error>)
        Answer(U value)
        : m_state(std::in_place_index<0>, static_cast<T>(std::move(value)))
    { }
    Answer(QFuture<Result<T>> future)
        : m_state(std::in_place_index<1>, std::make_shared<later::FutureSource<T>>(std::move(future)))
    { }
    explicit Answer(std::shared_ptr<const later::Source<T>> source)
        : m_state(std::in_place_index<1>, std::move(source))
    { }

    /** result() may be asked for. */
    [[nodiscard]] bool isReady() const
    {
        const auto *const source = std::get_if<1>(&m_state);
        return !source || (*source)->isReady();
    }
    /** What was thrown into a future goes to \a log, if any. */
    [[nodiscard]] Result<T> result(ExceptionLog *log = nullptr) const
    {
        Q_ASSERT_X(isReady(), "dialogue::Answer::result", "it is not there yet");
        const auto *const now = std::get_if<0>(&m_state);
        return now ? *now : std::get<1>(m_state)->result(log);
    }

    /** The same with \a map of its value; called where the result is asked for. */
    template <class F, class Value = T>
    [[nodiscard]] auto transform(F map) const -> Answer<std::invoke_result_t<F, const Value &>>
    {
        using To = std::invoke_result_t<F, const Value &>;
        if (const auto *const now = std::get_if<0>(&m_state))
            return Answer<To>(now->transform(map));
        return Answer<To>(
            std::make_shared<const later::MappedSource<To, T, F>>(std::get<1>(m_state), std::move(map)));
    }

    /**
     * Calls \a f with the result once it is there, from the event loop of \a context and in its thread; never
     * from within this call, and not at all where \a context ends before. The calling thread has an event
     * loop.
     */
    template <std::invocable<const Result<T> &> F>
    void then(QObject *context, F f) const
    {
        if (const auto *const now = std::get_if<0>(&m_state)) {
            QMetaObject::invokeMethod(
                context, [f = std::move(f), result = *now]() mutable { std::invoke(f, result); },
                Qt::QueuedConnection);
            return;
        }
        const auto source = std::get<1>(m_state);
        QFutureWatcherBase *const watcher = source->watch(nullptr);
        QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                         [source, f = std::move(f)]() mutable { std::invoke(f, source->result(nullptr)); });
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
        QObject::connect(context, &QObject::destroyed, watcher, &QObject::deleteLater);
    }
    /** One that ends with the Result, whatever becomes of what it comes from. Where it comes later, the event
     * loop of the calling thread finishes it. */
    [[nodiscard]] QFuture<Result<T>> toFuture() const
    {
        if (const auto *const now = std::get_if<0>(&m_state))
            return later::ended<T>(*now);
        const auto source = std::get<1>(m_state);
        const auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        QFutureWatcherBase *const watcher = source->watch(nullptr);
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [source, promise] {
            promise->addResult(source->result(nullptr));
            promise->finish();
        });
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
        return promise->future();
    }

    /** Of one that is not ready: calls \a ready from the event loop once it is. What is given back belongs to
     * \a parent; with its end nobody is called any more. */
    QObject *watch(QObject *parent, std::function<void()> ready) const
    {
        Q_ASSERT(std::get_if<1>(&m_state));
        QFutureWatcherBase *const watcher = std::get<1>(m_state)->watch(parent);
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, std::move(ready));
        return watcher;
    }

private:
    std::variant<Result<T>, std::shared_ptr<const later::Source<T>>> m_state;
};

} // namespace dialogue
