#pragma once

#include <QtGlobal>

#include <array>
#include <chrono>
#include <cstddef>

namespace dialogue {

/** How long things took, in classes, for who wants to know how many took how long. */
struct Durations
{
    using Nanoseconds = std::chrono::nanoseconds;
    /** The longest of each class but the last, which has all that took longer. */
    static constexpr std::array<Nanoseconds, 10> Bounds{
        std::chrono::microseconds(10),  std::chrono::microseconds(50),  std::chrono::microseconds(250),
        std::chrono::milliseconds(1),   std::chrono::milliseconds(5),   std::chrono::milliseconds(25),
        std::chrono::milliseconds(100), std::chrono::milliseconds(500), std::chrono::milliseconds(2500),
        std::chrono::seconds(10)};

    void add(Nanoseconds time)
    {
        std::size_t which = 0;
        while (which < Bounds.size() && time > Bounds[which])
            ++which;
        ++counts[which];
        sum += time;
    }
    [[nodiscard]] quint64 count() const
    {
        quint64 all = 0;
        for (const quint64 each : counts)
            all += each;
        return all;
    }

    std::array<quint64, Bounds.size() + 1> counts{};
    Nanoseconds sum{0};
};

} // namespace dialogue
