#pragma once

#include "server/admin/refusalentry.h"
#include "server/rooms/clientobserver.h"

#include <QTimer>

#include <functional>

namespace dialogue::admin {

/**
 * Takes down what clients are refused, and hands it over four times in a second. How often that is, strangers
 * decide: beyond so many it is counted, by code. Of the hub.
 */
class RefusalCollector final : public ClientObserver
{
public:
    using Deliver = std::function<void(RefusalBatch &&batch)>;

    explicit RefusalCollector(Deliver deliver);

    void refused(const Refusal &refusal) override;

    static constexpr std::chrono::milliseconds Interval{250};
    // Of one interval. A flood of one code leaves room for the others.
    static constexpr qint64 MostOfACode = 64;
    static constexpr std::size_t Most = 256;

private:
    [[nodiscard]] static RefusalEntry entryOf(const Refusal &refusal);
    void deliver();

    const Deliver m_deliver;
    RefusalBatch m_batch;
    std::map<ErrorCode, qint64> m_taken; ///< Of m_batch.
    QTimer m_timer;
};

} // namespace dialogue::admin
