#pragma once

#include "server/bridge/gateway.h"
#include "server/socketio/eventencoding.h"

#include <QHash>
#include <QSet>

namespace dialogue {

/** The io workers, without io: remembers for each socket what would have gone out to it, in order. */
class FakeGateway : public SocketGateway, public Publisher
{
public:
    void accept(SocketId socket, const QByteArray &sid, const QByteArray &pid) override
    {
        accepted.insert(socket, sid);
        pids.insert(socket, pid);
        sentBeforeAccept.insert(socket, sent.value(socket).size());
    }
    void refuse(SocketId socket, const QString &message, const QJsonValue &data) override
    {
        refused.insert(socket, {message, data});
    }
    void send(SocketId socket, const FramePtr &frame) override
    {
        ++calls;
        sent[socket].append(frame);
    }
    void notifyWhenDrained(SocketId socket, qint64, quint64 token) override
    {
        ++calls;
        drainTokens[socket].append(token);
    }
    void askWhetherAlive(SocketId socket) override { asked.append(socket); }
    void disconnect(SocketId socket, bool closeSession, DisconnectReason reason) override
    {
        ++calls;
        if (closeSession)
            closed.insert(socket);
        disconnected.insert(socket);
        reasons.insert(socket, reason);
    }
    void hold(std::chrono::milliseconds time) override { holds.append(time); }
    void release(SocketId socket) override { released.append(socket); }
    KeptMessage keep() override
    {
        ++kept;
        return {this, [this](const void *) { --kept; }};
    }

    TopicId createTopic() override
    {
        topics.insert(++m_lastTopic, {});
        return m_lastTopic;
    }
    void dropTopic(TopicId topic) override { topics.remove(topic); }
    void subscribe(SocketId socket, TopicId topic) override { topics[topic].append(socket); }
    void unsubscribe(SocketId socket, TopicId topic) override { topics[topic].removeOne(socket); }
    void publish(TopicId topic, const PublicationPtr &publication,
                 const std::vector<SubscriberId> &except) override
    {
        ++calls;
        ++publications;
        for (const SocketId socket : topics.value(topic)) {
            if (std::find(except.begin(), except.end(), socket) == except.end())
                sent[socket].append(publication->encodedBy(socketio::eventEncoding()));
        }
    }
    void deliver(SubscriberId socket, const PublicationPtr &publication, Occasion occasion) override
    {
        send(socket, publication->encodedFor(occasion, socketio::eventEncoding()));
    }
    void tellGap(SubscriberId socket, const Gap &gap) override
    {
        send(socket, gap.room->in(socketio::eventEncoding())->gapFrame(gap.from, gap.to, gap.reason));
    }
    void notify(TopicId topic, const FramePtr &frame, const std::vector<SubscriberId> &except) override
    {
        ++calls;
        ++publications;
        for (const SocketId socket : topics.value(topic)) {
            if (std::find(except.begin(), except.end(), socket) == except.end())
                sent[socket].append(frame);
        }
    }

    [[nodiscard]] bool isCongested() const override { return congested; }
    [[nodiscard]] bool isOverloaded() const override { return overloaded; }

    bool congested = false;
    bool overloaded = false;
    QHash<SocketId, QByteArray> accepted;
    QHash<SocketId, QByteArray> pids;
    QHash<SocketId, qsizetype> sentBeforeAccept; ///< Frames.
    QHash<SocketId, std::pair<QString, QJsonValue>> refused;
    QList<SocketId> asked; ///< Whether they live.
    QSet<SocketId> disconnected;
    QSet<SocketId> closed; ///< Of them: with the session.
    QHash<SocketId, DisconnectReason> reasons;
    QHash<SocketId, QList<FramePtr>> sent;
    QHash<SocketId, QList<quint64>> drainTokens; ///< Asked for, and never told of by itself.
    QHash<TopicId, QList<SocketId>> topics;
    QList<std::chrono::milliseconds> holds;
    QList<SocketId> released;
    int kept = 0; ///< Messages that count as waiting.
    int publications = 0;
    int calls = 0; ///< What the hub has had to say, to whomever.

private:
    TopicId m_lastTopic = 0;
};

} // namespace dialogue
