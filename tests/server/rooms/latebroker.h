#pragma once

#include "server/broker/memorybroker.h"

#include <QCoreApplication>
#include <QFuture>
#include <QPromise>
#include <QStringList>

#include <memory>
#include <vector>

namespace dialogue {

/** Answers when a test says so, or not at all. */
class LateBroker final : public MemoryBroker
{
public:
    Answer<void> append(const LogId &log, const LogEntry &entry) override
    {
        if (isAway) {
            return Error{ErrorCode::Unavailable,
                         QStringLiteral("The broker is away"),
                         {},
                         std::chrono::milliseconds(500)};
        }
        if (isQuick)
            return {};
        submitted.append(log.roomId + u' ' + QString::number(entry.publication->offset()));
        m_promises.push_back(std::make_unique<QPromise<Result<void>>>());
        m_promises.back()->start();
        return m_promises.back()->future();
    }
    void close(const LogId &log) override { closed.append(log.roomId); }

    void keep(std::size_t number) { answer(number, {}); }
    void fail(std::size_t number)
    {
        answer(number, Error{ErrorCode::IoError, QStringLiteral("The disk is full")});
    }
    void forget(std::size_t number)
    {
        m_promises.at(number).reset();
        spin();
    }
    /** What was answered is heard. */
    static void spin()
    {
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
    }

    bool isAway = false;
    bool isQuick = false;
    QStringList submitted; ///< "chat 1"
    QStringList closed;

private:
    void answer(std::size_t number, Result<void> &&result)
    {
        m_promises.at(number)->addResult(std::move(result));
        m_promises.at(number)->finish();
        spin();
    }

    std::vector<std::unique_ptr<QPromise<Result<void>>>> m_promises;
};

} // namespace dialogue
