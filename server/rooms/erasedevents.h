#pragma once

#include <QtGlobal>

namespace dialogue {

/** How many events were erased. One that both had counts in both. */
struct ErasedEvents
{
    qint64 inMemory = 0;
    qint64 stored = 0;

    friend bool operator==(const ErasedEvents &, const ErasedEvents &) = default;
};

} // namespace dialogue
