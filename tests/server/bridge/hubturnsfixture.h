#pragma once

#include "server/bridge/hubturns.h"
#include "server/bridge/sessionlane.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTest>

namespace dialogue::test {

/** Turns without sockets and threads: what is handled is remembered, as "a1" or "a left". */
class HubTurnsFixture
{
public:
    using GaugePtr = bridge::GaugePtr;
    using ToHub = bridge::ToHub;

    /** A session with one socket. */
    class Session
    {
    public:
        Session(HubTurnsFixture &fixture, const QString &name, SocketId socket, int limit = 256)
            : m_fixture(fixture)
            , m_name(name)
            , m_socket(socket)
            , m_gauge(std::make_shared<bridge::SessionLane>(socketio::InboundLimits{.messages = limit},
                                                            &fixture.total))
        {
            fixture.m_names.insert(socket, name);
        }
        /** Another socket of the same session. */
        Session(const Session &other, const QString &name, SocketId socket)
            : m_fixture(other.m_fixture)
            , m_name(name)
            , m_socket(socket)
            , m_gauge(other.m_gauge)
        {
            m_fixture.m_names.insert(socket, name);
        }

        [[nodiscard]] ToHub connecting()
        {
            (void)m_gauge->countIn(1);
            return bridge::Connecting{m_socket, {}, {m_gauge, 1}};
        }
        [[nodiscard]] ToHub event(qint64 bytes = 1)
        {
            (void)m_gauge->countIn(bytes);
            return ToHub(
                std::in_place_type<bridge::Event>, m_socket,
                IncomingEvent{
                    .name = m_name + QString::number(++m_sent), .args = {}, .attachments = {}, .ackId = {}},
                bridge::Inbound{m_gauge, bytes});
        }
        [[nodiscard]] ToHub left(DisconnectReason reason)
        {
            return bridge::Disconnected{m_socket, reason, m_gauge};
        }
        [[nodiscard]] int waiting() const { return m_gauge->waiting(); }
        [[nodiscard]] const GaugePtr &gauge() const { return m_gauge; }

    private:
        HubTurnsFixture &m_fixture;
        QString m_name;
        SocketId m_socket;
        GaugePtr m_gauge;
        int m_sent = 0;
    };

    /** A batch, as a worker posts it. */
    template <std::size_t Count>
    void post(ToHub (&&messages)[Count])
    {
        std::vector<ToHub> batch(std::make_move_iterator(std::begin(messages)),
                                 std::make_move_iterator(std::end(messages)));
        turns.mailbox()->post(batch);
    }
    void post(Session &session, int events, qint64 bytes = 1)
    {
        std::vector<ToHub> batch;
        for (int i = 0; i < events; ++i)
            batch.push_back(session.event(bytes));
        turns.mailbox()->post(batch);
    }
    void call(ToHub &&message) { turns.mailbox()->call(std::move(message)); }

    ToHub request(ExchangeId exchange, const QString &address)
    {
        HttpRequest request;
        request.peerAddress = QHostAddress(address);
        return bridge::HttpArrived{exchange, std::move(request), {&total, 100}};
    }

    /** Until nothing waits that has a turn. */
    void run()
    {
        for (int i = 0; i < 10'000 && (turns.counters().waiting > 0 || i < 3); ++i)
            QCoreApplication::processEvents();
    }

    /** What was handled since the last time. */
    QString take() { return std::exchange(handled, {}).join(u' '); }

    /** Time goes by only as the tests say. */
    static inline bridge::Slice::Clock::time_point clock;

    socketio::InboundTotal total{1'000'000};
    QStringList handled;
    std::function<void(const QString &)> whenHandled;
    QList<SocketId> readOn;

private:
    QHash<SocketId, QString> m_names;
    TurnEnd m_turnEnd;

    void handle(ToHub &&message)
    {
        QString what;
        if (const auto *event = std::get_if<bridge::Event>(&message))
            what = event->event.name;
        else if (const auto *connecting = std::get_if<bridge::Connecting>(&message))
            what = m_names.value(connecting->socket) + QStringLiteral("-connecting");
        else if (const auto *left = std::get_if<bridge::Disconnected>(&message))
            what = m_names.value(left->socket) + QStringLiteral("-left");
        else if (const auto *request = std::get_if<bridge::HttpArrived>(&message))
            what = QStringLiteral("http") + QString::number(request->exchange);
        else if (std::holds_alternative<bridge::Stopped>(message))
            what = QStringLiteral("stopped");
        else if (std::holds_alternative<bridge::TopicIdle>(message))
            what = QStringLiteral("idle");
        handled.append(what);
        if (whenHandled)
            whenHandled(what);
    }

public:
    bridge::HubTurns turns{[this](ToHub &&message) { handle(std::move(message)); },
                           [this](SocketId socket, const GaugePtr &) { readOn.append(socket); }, &m_turnEnd,
                           [] { return clock; }};
};

} // namespace dialogue::test
