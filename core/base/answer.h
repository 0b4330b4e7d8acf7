#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QFutureWatcher>
#include <QObject>

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
    virtual QObject *watch(QObject *parent, std::function<void()> ready) const = 0;
};

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
    QObject *watch(QObject *parent, std::function<void()> ready) const override
    {
        auto *const watcher = new QFutureWatcher<Result<T>>(parent);
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, std::move(ready));
        watcher->setFuture(m_future);
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
    QObject *watch(QObject *parent, std::function<void()> ready) const override
    {
        return m_from->watch(parent, std::move(ready));
    }

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
 */
template <class T>
class [[nodiscard]] Answer
{
public:
    using value_type = T;

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

    /** Of one that is not ready: calls \a ready from the event loop once it is. What is given back belongs to
     * \a parent; with its end nobody is called any more. */
    QObject *watch(QObject *parent, std::function<void()> ready) const
    {
        Q_ASSERT(std::get_if<1>(&m_state));
        return std::get<1>(m_state)->watch(parent, std::move(ready));
    }

private:
    std::variant<Result<T>, std::shared_ptr<const later::Source<T>>> m_state;
};

} // namespace dialogue
