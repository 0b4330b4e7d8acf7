#include "server/asking/awaitedacks.h"

#include "core/base/logging.h"
#include "core/base/shrink.h"
#include "core/protocol/dialogue/errors.h"
#include "server/answers/draining.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

constexpr std::chrono::seconds AskAgainAfter{1};

/** What an ack says, as it came from a stranger. */
Result<QJsonArray> answerIn(const JsonData &args, const QList<QByteArray> &attachments)
{
    if (!attachments.isEmpty()) {
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("The client answered with %1 binary attachments, which are not taken; "
                                    "let it send them as text, such as base64")
                         .arg(attachments.size())};
    }
    if (args.isUndefined()) {
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("The client answered with no JSON array, or one with a number that no "
                                    "double holds")};
    }
    const QJsonArray values = args.toArray();
    const Result<QJsonObject> said = values.size() == 1 ? protocol::readAck(values.at(0)) : QJsonObject();
    if (!said && said.error().code != ErrorCode::ParseError)
        return said.error();
    return values;
}

} // namespace

Question::Question(AwaitedAcks &all)
    : m_all(all)
    , m_ackId(++all.m_lastAckId)
{ }

Result<void> Question::expect(SocketId socket)
{
    if (const Result<void> allowed = m_all.mayAsk(1); !allowed)
        return allowed;
    AskingCounters &counters = m_all.m_counters;
    std::vector<quint64> &asked = m_all.m_bySocket[socket];
    if (asked.size() >= static_cast<std::size_t>(m_all.m_limits.perSocket)) {
        ++counters.refused;
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("The client has yet to answer %1 requests, as many as may wait of one "
                                    "(serverRequests.maxPendingPerClient)")
                         .arg(m_all.m_limits.perSocket),
                     {},
                     AskAgainAfter};
    }
    asked.push_back(m_ackId);
    m_waiting.insert(socket);
    ++counters.asked;
    counters.mostWaiting = std::max(counters.mostWaiting, ++counters.waiting);
    return {};
}

void Question::expireIn(std::chrono::milliseconds time)
{
    m_time = time;
    schedule(&m_all.m_deadlines, time);
}

Error Question::timeout() const
{
    return {ErrorCode::Timeout,
            QStringLiteral("The client did not answer within %1 ms; whether it did what was asked, nobody "
                           "knows")
                .arg(m_time.count())};
}

bool Question::timeOutOne()
{
    if (m_waiting.empty())
        return false;
    const SocketId socket = *m_waiting.begin();
    m_all.settle(*this, socket);
    ++m_all.m_counters.timedOut;
    heard(socket, timeout(), 0);
    return true;
}

void Question::expired()
{
    const auto self = m_all.m_questions.at(m_ackId);
    while (timeOutOne()) { }
}

void Question::close()
{
    cancel();
    while (!m_waiting.empty())
        m_all.settle(*this, *m_waiting.begin());
    m_all.m_questions.erase(m_ackId);
    shrink(m_all.m_questions);
}

AwaitedAcks::AwaitedAcks(const Limits &limits)
    : m_limits(limits)
{ }

AwaitedAcks::~AwaitedAcks() = default;

Result<void> AwaitedAcks::mayAsk(qint64 many)
{
    if (m_closed)
        return serverDraining();
    if (m_counters.waiting + many <= m_limits.most)
        return {};
    ++m_counters.refused;
    return Error{ErrorCode::LimitReached,
                 QStringLiteral("%1 answers of clients are waited for; with %2 more they would be more than "
                                "%3 (serverRequests.maxPending)")
                     .arg(m_counters.waiting)
                     .arg(many)
                     .arg(m_limits.most),
                 {},
                 AskAgainAfter};
}

void AwaitedAcks::open(const std::shared_ptr<Question> &question)
{
    m_questions.emplace(question->ackId(), question);
}

bool AwaitedAcks::settle(Question &question, SocketId socket)
{
    if (question.m_waiting.erase(socket) == 0)
        return false;
    --m_counters.waiting;
    if (const auto asked = m_bySocket.find(socket); asked != m_bySocket.end()) {
        std::erase(asked->second, question.m_ackId);
        if (asked->second.empty()) {
            m_bySocket.erase(asked);
            shrink(m_bySocket);
        }
    }
    return true;
}

void AwaitedAcks::acknowledged(SocketId socket, quint64 ackId, JsonData &&args,
                               const QList<QByteArray> &attachments)
{
    const auto found = m_questions.find(ackId);
    if (found == m_questions.end() || !settle(*found->second, socket)) {
        // No violation, as in the reference: its answer may have come too late.
        ++m_counters.unasked;
        qCDebug(lcSocket) << "Ack" << ackId << "of socket" << socket << "is one that nobody waits for";
        return;
    }
    ++m_counters.answered;
    const std::shared_ptr<Question> question = found->second;
    const qint64 bytes = args.ownText().size();
    question->heard(socket, answerIn(args, attachments), bytes);
}

void AwaitedAcks::forget(SocketId socket)
{
    const auto found = m_bySocket.find(socket);
    if (found == m_bySocket.end())
        return;
    const std::vector<quint64> asked = std::move(found->second);
    m_bySocket.erase(found);
    shrink(m_bySocket);
    // Each may run code of the application, and end others.
    for (const quint64 ackId : asked) {
        const auto still = m_questions.find(ackId);
        if (still == m_questions.end() || !settle(*still->second, socket))
            continue;
        ++m_counters.clientsGone;
        const std::shared_ptr<Question> question = still->second;
        question->heard(socket,
                        Error{ErrorCode::ConnectionLost,
                              QStringLiteral("The client went before it answered; whether it did what was "
                                             "asked, nobody knows")},
                        0);
    }
}

void AwaitedAcks::shutDown()
{
    m_closed = true;
    std::vector<std::shared_ptr<Question>> open;
    open.reserve(m_questions.size());
    for (const auto &[ackId, question] : m_questions)
        open.push_back(question);
    for (const std::shared_ptr<Question> &question : open) {
        while (!question->m_waiting.empty()) {
            const SocketId socket = *question->m_waiting.begin();
            settle(*question, socket);
            question->heard(socket, serverDraining(), 0);
        }
    }
}

bool AwaitedAcks::keep(qint64 bytes)
{
    if (m_counters.answerBytes + bytes > m_limits.answerBytes) {
        ++m_counters.answersDropped;
        return false;
    }
    m_counters.answerBytes += bytes;
    return true;
}

} // namespace dialogue
