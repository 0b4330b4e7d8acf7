#pragma once

#include "core/base/result.h"
#include "core/json/jsondata.h"
#include "server/asking/askingcounters.h"
#include "server/loop/deadlines.h"
#include "server/socketio/values.h"

#include <QJsonArray>

#include <chrono>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace dialogue {

class AwaitedAcks;

/** One event that goes out with an ack id, to one socket or to many, each of which answers once: what it was
 * answered, or why it was not. */
class Question : private Deadline
{
public:
    /** Of all that any socket is asked: two never have the same. */
    [[nodiscard]] quint64 ackId() const { return m_ackId; }
    /** From now on that socket is to answer. LimitReached, where as much is asked of it as may be. */
    [[nodiscard]] Result<void> expect(SocketId socket);
    /** From now on Error Timeout comes for whoever has not answered by then, see expired(). */
    void expireIn(std::chrono::milliseconds time);
    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }

protected:
    explicit Question(AwaitedAcks &all);
    [[nodiscard]] AwaitedAcks &all() const { return m_all; }

    /** What \a socket says, which takes \a bytes. It may close() this, which is there until the call ends. */
    virtual void heard(SocketId socket, Result<QJsonArray> &&answer, qint64 bytes) = 0;
    /** The time is over: everybody who has not answered hears of it here, or in timeOutOne(). */
    void expired() override;
    /** heard() for one of those who have not answered. False: there is none. */
    bool timeOutOne();
    /** Nobody is waited for any more. */
    void close();

private:
    friend class AwaitedAcks;
    Error timeout() const;

    AwaitedAcks &m_all;
    const quint64 m_ackId;
    std::chrono::milliseconds m_time{0};
    std::unordered_set<SocketId> m_waiting;
};

/**
 * What the server asked of its clients, and who has not answered: a bounded number of each client, and in
 * all. Whoever says anything else, once more or too late, is not heard. The hub's thread.
 */
class AwaitedAcks
{
public:
    struct Limits
    {
        int most; ///< Answers that are waited for.
        int perSocket;
        qint64 answerBytes; ///< Of those that are kept until the others are there.
    };

    explicit AwaitedAcks(const Limits &limits);
    ~AwaitedAcks();
    Q_DISABLE_COPY_MOVE(AwaitedAcks)

    /** LimitReached, or ServerDraining, where \a many more may not be waited for. */
    [[nodiscard]] Result<void> mayAsk(qint64 many);
    /** Until it is closed. */
    void open(const std::shared_ptr<Question> &question);

    /** SocketListener::socketAck() */
    void acknowledged(SocketId socket, quint64 ackId, JsonData &&args, const QList<QByteArray> &attachments);
    /** Its client is gone: ConnectionLost. */
    void forget(SocketId socket);
    /** Nobody is asked any more, and what waits is not waited for: ServerDraining. */
    void shutDown();

    /** False: so many bytes more are too many to be kept. */
    [[nodiscard]] bool keep(qint64 bytes);
    void giveBack(qint64 bytes) { m_counters.answerBytes -= bytes; }

    [[nodiscard]] const AskingCounters &counters() const { return m_counters; }

private:
    friend class Question;

    /** Takes it out of the books. False: it is not waited for. */
    bool settle(Question &question, SocketId socket);

    const Limits m_limits;
    DeadlineQueue m_deadlines;
    std::unordered_map<quint64, std::shared_ptr<Question>> m_questions; ///< By ack id.
    std::unordered_map<SocketId, std::vector<quint64>> m_bySocket; ///< What each is yet to answer.
    quint64 m_lastAckId = 0;
    AskingCounters m_counters;
    bool m_closed = false;
};

} // namespace dialogue
