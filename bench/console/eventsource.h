#pragma once

#include "console/model/eventbatch.h"

#include <atomic>
#include <functional>
#include <thread>

namespace dialogue::bench {

/** Batches of events as a busy server has them, of 175 bytes of JSON each. */
class EventMaker
{
public:
    [[nodiscard]] console::EventBatch batch(int events);

private:
    qint64 m_made = 0;
};

/** So many events a second, made in a thread of their own, in a batch each 50 ms. */
class EventSource
{
public:
    using Take = std::function<void(console::EventBatch batch)>;

    /** \a take is called in that thread. */
    EventSource(int rate, int seconds, Take take);
    ~EventSource();
    Q_DISABLE_COPY_MOVE(EventSource)

private:
    std::atomic<bool> m_ends = false;
    std::thread m_thread;
};

} // namespace dialogue::bench
