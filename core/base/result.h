#pragma once

#include "core/base/error.h"

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

    [[nodiscard]] T &value() & { return *std::get_if<0>(&m_state); }
    [[nodiscard]] const T &value() const & { return *std::get_if<0>(&m_state); }
    [[nodiscard]] T &&value() && { return std::move(*std::get_if<0>(&m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    [[nodiscard]] const Error &error() const { return *std::get_if<1>(&m_state); }

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
    [[nodiscard]] const Error &error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace dialogue
