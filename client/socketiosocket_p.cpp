#include "client/socketiosocket_p.h"

#include <QPointer>

namespace dialogue {

using namespace client;

namespace {

/** An application that asks more at once does not look at the answers. */
constexpr std::size_t MaxAsked = 10000;

} // namespace

SocketIoSocketPrivate::SocketIoSocketPrivate(SocketIoClientPrivate &owner, const QString &nsp,
                                             const Auth &auth)
    : client(owner)
    , link(nsp.toUtf8(), auth, owner.config)
    , waiting(owner.config.outbox)
{ }

SocketIoSocket *SocketIoSocketPrivate::create(SocketIoClientPrivate &client, const QString &nsp,
                                              const Auth &auth)
{
    auto d = std::make_unique<SocketIoSocketPrivate>(client, nsp, auth);
    SocketIoSocketPrivate &here = *d;
    auto *const socket = new SocketIoSocket(std::move(d));
    here.init(socket);
    return socket;
}

void SocketIoSocketPrivate::init(SocketIoSocket *socket)
{
    q = socket;
    link.setParent(q);
    client.connector.add(link);
    QObject::connect(&link, &NamespaceLink::connected, q, [this](const QString &sid) { onConnected(sid); });
    QObject::connect(&link, &NamespaceLink::eventReceived, q,
                     [this](const QString &name, const JsonData &args, const QList<QByteArray> &attachments,
                            std::optional<quint64> ackId) { onEvent(name, args, attachments, ackId); });
    QObject::connect(&link, &NamespaceLink::refused, q, [this](const Error &error, const QJsonObject &data) {
        speak([this, error, data] { Q_EMIT q->refused(error, data); });
    });
    QObject::connect(&link, &NamespaceLink::disconnectedByServer, q,
                     [this] { onDisconnected(QStringLiteral("The server disconnected this socket")); });
    if (client.config.autoConnect)
        QMetaObject::invokeMethod(q, &SocketIoSocket::connectToNamespace, Qt::QueuedConnection);
}

void SocketIoSocketPrivate::shutDown()
{
    client.connector.remove(link);
    client.sockets.remove(QString::fromUtf8(link.nsp()));
    const Error gone{ErrorCode::ConnectionLost, QStringLiteral("The socket was deleted")};
    for (const auto &[number, asked] : std::exchange(m_asked, {}))
        client.later.say([answer = asked.answer, gone] { answer.finish(gone); });
}

void SocketIoSocketPrivate::speak(std::function<void()> word)
{
    client.later.speak([word = std::move(word), alive = QPointer<SocketIoSocket>(q)] {
        if (alive)
            word();
    });
}

void SocketIoSocketPrivate::onConnected(const QString &sid)
{
    id = sid;
    ++m_connection;
    flush();
    speak([this] { Q_EMIT q->connected(); });
}

void SocketIoSocketPrivate::flush()
{
    const Later::Calling calling(client.later); // Who hears that one could not be sent may delete all.
    while (link.isInside() && !waiting.isEmpty()) {
        const OutboundEvents::Waiting next = waiting.take();
        const Result<void> sent = emitNow(next.event, next.size, next.request);
        if (sent)
            continue;
        if (next.request != 0)
            finish(next.request, sent.error());
        else
            speak([this, error = sent.error()] { Q_EMIT q->errorOccurred(error); });
    }
}

void SocketIoSocketPrivate::onEvent(const QString &name, const JsonData &args,
                                    const QList<QByteArray> &attachments, std::optional<quint64> ackId)
{
    SocketIoEvent event{.name = name, .args = args, .attachments = attachments};
    if (ackId) {
        event.answer = [this, alive = QPointer<SocketIoSocket>(q), connection = m_connection, ackId = *ackId,
                        said = std::make_shared<bool>(false)](const QJsonArray &with,
                                                              const QList<QByteArray> &binary) {
            if (alive && link.isInside() && connection == m_connection && !std::exchange(*said, true))
                link.acknowledge(ackId, with, binary);
        };
    }
    const QPointer<SocketIoSocket> alive(q);
    if (EventTopic *const topic = topics.value(name))
        Q_EMIT topic->heard(event);
    if (alive)
        Q_EMIT q->eventReceived(event);
}

void SocketIoSocketPrivate::onDisconnected(const QString &reason)
{
    connectionLost({ErrorCode::ConnectionLost, reason});
}

void SocketIoSocketPrivate::connectionLost(const Error &why)
{
    if (id.isEmpty())
        return;
    id.clear();
    const QPointer<SocketIoSocket> alive(q);
    std::vector<Answer> lost;
    std::erase_if(m_asked, [&lost](const auto &asked) {
        if (asked.second.sent)
            lost.push_back(asked.second.answer);
        return asked.second.sent;
    });
    for (const Answer &answer : lost)
        client.later.say([answer, why] { answer.finish(Error{ErrorCode::ConnectionLost, why.message}); });
    speak([this, why] { Q_EMIT q->disconnected(why.message); });
}

Result<void> SocketIoSocketPrivate::emitNow(const OutgoingEvent &event, const EventSize &size,
                                            quint64 request)
{
    if (const auto sound = client.connector.connection()->fits(size); !sound)
        return sound;
    if (request == 0) {
        link.emitEvent(event);
        return {};
    }
    if (const auto asked = m_asked.find(request); asked != m_asked.end())
        asked->second.sent = true;
    link.emitEvent(event, [this, request](const JsonData &args, const QList<QByteArray> &attachments) {
        finish(request, SocketIoReply{.args = args, .attachments = attachments});
    });
    return {};
}

Result<void> SocketIoSocketPrivate::emitOrKeep(OutgoingEvent event, quint64 request)
{
    const auto size = checkEvent(event);
    if (!size)
        return size.error();
    if (link.isInside())
        return emitNow(event, *size, request);
    return waiting.add({.event = std::move(event), .size = *size, .request = request});
}

void SocketIoSocketPrivate::request(OutgoingEvent event, std::chrono::milliseconds timeout,
                                    const Answer &answer)
{
    if (m_asked.size() >= MaxAsked) {
        client.later.say([answer] {
            answer.finish(Error{ErrorCode::LimitReached,
                                QStringLiteral("%1 requests wait for an answer already").arg(MaxAsked)});
        });
        return;
    }
    const quint64 number = ++m_lastRequest;
    m_asked.emplace(number, Asked{answer});
    if (const auto sent = emitOrKeep(std::move(event), number); !sent) {
        m_asked.erase(number);
        client.later.say([answer, error = sent.error()] { answer.finish(error); });
        return;
    }
    QTimer::singleShot(timeout, q, [this, number, timeout] {
        waiting.forget(number);
        finish(number,
               Error{ErrorCode::Timeout, QStringLiteral("No answer within %1 ms").arg(timeout.count())});
    });
}

void SocketIoSocketPrivate::finish(quint64 request, const Result<SocketIoReply> &reply)
{
    const auto found = m_asked.find(request);
    if (found == m_asked.end())
        return;
    const Answer answer = found->second.answer;
    m_asked.erase(found);
    client.later.speak([answer, reply] { answer.finish(reply); });
}

} // namespace dialogue
