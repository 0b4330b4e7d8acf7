#pragma once

#include "core/base/result.h"
#include "core/json/jsondata.h"
#include "core/protocol/dialogue/errors.h"

#include <QDeadlineTimer>
#include <QPointer>

#include <functional>
#include <list>
#include <optional>

namespace dialogue::client {

/** What a server answered: by an ack, or by the reply event that servers without acks send. */
struct Reply
{
    JsonData payload;
    QList<QByteArray> attachments = {};
};

/** One thing asked of the server. */
struct Request
{
    QString event; ///< "dialogue:join" and so on.
    QJsonValue payload = QJsonValue::Undefined;
    QString roomId = {}; ///< The room it is about.
    bool fromInside = false; ///< Only to be asked while we are in that room.
    bool repeatable = false; ///< To be asked again when the connection was lost before the answer.
    bool plain = false; ///< The acknowledgement is the answer itself, without ok.
    bool silent = false; ///< Servers without acks say nothing: there, sent is done.
    QPointer<QObject> asker = {}; ///< Whom a reply event is for, where that matters.
    QString replyEvent = {};
    std::function<bool(const QJsonObject &reply)> isReply = {}; ///< None: any of that name.
    QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever);
    std::function<void(Result<Reply>)> done = {}; ///< Called once, by whoever took it out.
};

/** What was asked and is not answered yet, oldest first. */
class RequestTable
{
public:
    using Id = quint64;
    struct Entry
    {
        Id id = 0;
        Request request;
        bool sent = false;
        bool heard = false; ///< Its reply event came; its ack may follow.
    };

    /** Nothing when there are too many already. */
    std::optional<Id> add(Request request);

    /** The next to be sent, which then is; null when there is none. \a isInside: we are in that room. */
    const Entry *send(const std::function<bool(const QString &roomId)> &isInside);

    std::optional<Request> take(Id id);
    /** The one that \a payload, an event called \a name, answers. */
    std::optional<Request> takeAnswered(const QString &name, const QJsonValue &payload);
    /** The first that \a payload answers and that was not heard of before; it stays in the table. Null: none.
     */
    const Request *hear(const QString &name, const QJsonValue &payload);
    /** The one that a dialogue:error is most likely about: servers without acks do not say. */
    std::optional<Request> takeFailed(const protocol::ErrorPayload &error);
    /** There is a connection, or is none any more: all have until \a deadline. */
    void restartClocks(QDeadlineTimer deadline);
    /** Forgets what was sent, and gives back what must not be asked twice. */
    std::list<Request> connectionLost();
    std::list<Request> takeOverdue();
    std::list<Request> takeRoom(const QString &roomId);
    std::list<Request> takeAll();

    [[nodiscard]] bool hasSent() const;
    [[nodiscard]] bool allSentArePlain() const; ///< And there is one.
    [[nodiscard]] QDeadlineTimer nextDeadline() const;

private:
    template <class Predicate>
    std::optional<Request> takeFirst(Predicate wanted);
    template <class Predicate>
    std::list<Request> takeIf(Predicate wanted);

    std::list<Entry> m_entries;
    Id m_lastId = 0;
};

} // namespace dialogue::client
