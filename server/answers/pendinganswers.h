#pragma once

#include "core/base/answer.h"
#include "core/base/exceptions.h"
#include "core/base/result.h"
#include "server/answers/answercounters.h"
#include "server/loop/deadlines.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <unordered_map>
#include <utility>

namespace dialogue {

class PendingAnswers;

/** One answer that is waited for. With its end nobody does any more: who was asked is told by the stop token,
 * and what it says is ignored. */
class PendingAnswer : private Deadline
{
public:
    ~PendingAnswer() override;

    /** It is no longer waited for: \a error in its place, within this call, which mostly destroys this. */
    void end(Error &&error) { finish(std::move(error)); }

protected:
    PendingAnswer(PendingAnswers &all, std::stop_source stop);
    [[nodiscard]] PendingAnswers &all() const { return m_all; }
    void settled() { m_settled = true; }

private:
    void expired() override;
    virtual void finish(Error &&error) = 0;

    PendingAnswers &m_all;
    std::stop_source m_stop;
    bool m_settled = false;
};

/**
 * What user code was asked and answers later, from whatever thread: watched in the hub, for a limited time,
 * and so many at once. The hub's thread.
 */
class PendingAnswers : public QObject
{
    Q_OBJECT
public:
    struct Limits
    {
        std::chrono::milliseconds timeout; ///< For one answer.
        int most; ///< Answers that are waited for.
    };

    explicit PendingAnswers(const Limits &limits, QObject *parent = nullptr);

    /** Unavailable, where as many wait as may; to be asked before user code is. */
    [[nodiscard]] Result<void> mayAsk();

    /**
     * \a done is called once with what \a answer, which is not ready yet, brings: from the event loop, until
     * when what is given back is to be kept. It may end that.
     */
    template <class T>
    [[nodiscard]] std::unique_ptr<PendingAnswer> wait(const Answer<T> &answer, std::stop_source stop,
                                                      std::function<void(Result<T> &&)> done);
    /** The same, kept here until then. With the end of this \a done goes uncalled. */
    template <class T>
    void keep(const Answer<T> &answer, std::stop_source stop, std::function<void(Result<T> &&)> done);
    /** Of one that is ready; what was thrown into its future is logged. */
    template <class T>
    [[nodiscard]] Result<T> resultOf(const Answer<T> &answer)
    {
        return answer.result(&m_exceptions);
    }

    [[nodiscard]] const AnswerCounters &counters() const { return m_counters; }

Q_SIGNALS:
    void idle(); ///< Nothing is waited for any more; this or that may begin to be in the same call.

private:
    friend class PendingAnswer;

    const Limits m_limits;
    DeadlineQueue m_deadlines;
    ExceptionLog m_exceptions;
    AnswerCounters m_counters;
    quint64 m_lastKept = 0;
    std::unordered_map<quint64, std::unique_ptr<PendingAnswer>> m_kept;
};

template <class T>
class PendingAnswerOf final : public PendingAnswer
{
public:
    PendingAnswerOf(PendingAnswers &all, const Answer<T> &answer, std::stop_source &&stop,
                    std::function<void(Result<T> &&)> &&done)
        : PendingAnswer(all, std::move(stop))
        , m_done(std::move(done))
        , m_watcher(answer.watch(&all, [this, answer] { finish(this->all().resultOf(answer)); }))
    { }
    ~PendingAnswerOf() override
    {
        m_watcher->disconnect();
        m_watcher->deleteLater(); // It may be what calls.
    }
    Q_DISABLE_COPY_MOVE(PendingAnswerOf)

private:
    void finish(Error &&error) override { finish(Result<T>(std::move(error))); }
    void finish(Result<T> &&result)
    {
        if (!m_done)
            return; // It came too late.
        settled();
        std::exchange(m_done, {})(std::move(result)); // Destroys this, mostly.
    }

    std::function<void(Result<T> &&)> m_done;
    QObject *const m_watcher;
};

template <class T>
std::unique_ptr<PendingAnswer> PendingAnswers::wait(const Answer<T> &answer, std::stop_source stop,
                                                    std::function<void(Result<T> &&)> done)
{
    return std::make_unique<PendingAnswerOf<T>>(*this, answer, std::move(stop), std::move(done));
}

template <class T>
void PendingAnswers::keep(const Answer<T> &answer, std::stop_source stop,
                          std::function<void(Result<T> &&)> done)
{
    const quint64 number = ++m_lastKept;
    m_kept[number]
        = wait<T>(answer, std::move(stop), [this, number, done = std::move(done)](Result<T> &&result) {
              const auto kept = m_kept.extract(number); // It outlives what holds this.
              done(std::move(result));
          });
}

} // namespace dialogue
