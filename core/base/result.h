#pragma once

#include "core/base/error.h"

#include <QtGlobal>

#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace dialogue {

/**
 * A value or the Error that stands in its place; shaped like std::expected, which C++20 lacks.
 *
 *     Result<Packet> packet = decode(bytes);
 *     if (!packet)
 *         return packet.error();
 *     use(*packet);
 *
 * Where there is an Error, debug builds assert that nobody asks for the value, and say which Error it is; and
 * the other way round.
 */
template <class T>
class [[nodiscard]] Result
{
public:
    using value_type = T;

    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    { }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    { }

    [[nodiscard]] bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] T &value() &
    {
        assertValue();
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] const T &value() const &
    {
        assertValue();
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T &&value() &&
    {
        assertValue();
        return std::move(*std::get_if<0>(&m_state));
    }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    [[nodiscard]] const Error &error() const
    {
        Q_ASSERT_X(!has_value(), "dialogue::Result::error", "there is a value, and no error");
        return *std::get_if<1>(&m_state);
    }

    template <class U>
    [[nodiscard]] T value_or(U &&fallback) const
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

    template <class F>
    auto and_then(F &&f) const -> std::invoke_result_t<F, const T &>
    {
        if (!has_value())
            return error();
        return std::invoke(std::forward<F>(f), value());
    }

    template <class F>
    auto transform(F &&f) const -> Result<std::invoke_result_t<F, const T &>>
    {
        if (!has_value())
            return error();
        return std::invoke(std::forward<F>(f), value());
    }

private:
    void assertValue() const
    {
        Q_ASSERT_X(has_value(), "dialogue::Result::value", qPrintable(error().text()));
    }

    std::variant<T, Error> m_state;
};

/** Success without a value, or an Error. `return {};` is success. */
template <>
class [[nodiscard]] Result<void>
{
public:
    using value_type = void;

    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    { }

    [[nodiscard]] bool has_value() const noexcept { return !m_error.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] const Error &error() const
    {
        Q_ASSERT_X(m_error.has_value(), "dialogue::Result::error", "it succeeded, and there is no error");
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace dialogue
