#pragma once

#include "server/auth/connectrequest.h"
#include "server/fanout/sendqueue.h"
#include "server/fanout/topictable.h"
#include "server/loop/deadlines.h"
#include "server/socketio/values.h"

#include <QJsonValue>

#include <functional>
#include <memory>

namespace dialogue {
class HttpConnection;
}

namespace dialogue::bridge {

/**
 * One who reads by another channel than Socket.IO, in its io worker: to the hub a client as any other, which
 * comes in by ChannelHost::connecting(), is in rooms, and gets what they publish.
 */
class ChannelReader : public TopicSubscriber
{
public:
    using TopicSubscriber::TopicSubscriber;

    // What the hub says; nothing of it before connecting(), nor after gone().
    virtual void accepted(const QByteArray &sid) = 0;
    /** It may not come in: it is to go, see ChannelHost::gone(). */
    virtual void refused(const QString &message, const QJsonValue &data) = 0;
    /** It is to go, once what was delivered before has left. */
    virtual void disconnect(DisconnectReason reason) = 0;
    /** ChannelHost::drained() is due, with \a token, when no more than \a mark bytes wait for it. */
    virtual void tellWhenDrained(qint64 mark, quint64 token) = 0;
    /** ChannelHost::heard() is due when something comes from it; not if nothing does. */
    virtual void askWhetherAlive() = 0;
    [[nodiscard]] virtual qint64 queuedBytes() const = 0; ///< What waits for it to read.
    /** Where it waits; null: in none. */
    [[nodiscard]] virtual SendQueue *sendQueue() { return nullptr; }
    void setTraced(bool traced)
    {
        if (SendQueue *const queue = sendQueue())
            queue->setTraced(traced);
    }
};

/** What a worker does for its channels; it outlives them. In the worker's thread. */
class ChannelHost
{
public:
    virtual ~ChannelHost() = default;
    /** For a reader that is about to be made. */
    [[nodiscard]] virtual SubscriberId nextId() = 0;
    [[nodiscard]] virtual DeadlineQueue &deadlines() = 0;
    /** So much waits for the hub that nobody more should be let ask for something; counts one that was not.
     */
    [[nodiscard]] virtual bool turnsAway() = 0;
    /** Adds to \a response, to a page of \a origin, what its browser asks of it. */
    virtual void dress(const QByteArray &origin, HttpResponse &response) = 0;
    /** It asks to come in: accepted() or refused() follows, at once or later. */
    virtual void connecting(ChannelReader &reader, ConnectRequest &&request) = 0;
    virtual void drained(const ChannelReader &reader, quint64 token) = 0;
    virtual void heard(const ChannelReader &reader) = 0;
    /** Once, before it is destroyed. */
    virtual void gone(ChannelReader &reader, DisconnectReason reason) = 0;
};

/** One channel's part in one io worker: made, called and destroyed in its thread, and its readers with it. */
class Channel
{
public:
    Channel() = default;
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;
    virtual ~Channel() = default;

    /** A request that is not Socket.IO's, of who may use the server: true where it is this channel's, which
     * answers it, now or later. */
    virtual bool take(HttpConnection &connection, HttpRequest &request)
    {
        Q_UNUSED(connection)
        Q_UNUSED(request)
        return false;
    }
};

/** Makes the part of one worker, in its thread. */
using ChannelFactory = std::function<std::unique_ptr<Channel>(ChannelHost &host)>;

} // namespace dialogue::bridge
