#pragma once

#include "server/engine/session.h"
#include "tests/server/fanout/fakestream.h"

#include <QTest>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dialogue::engineio::test {

/** A request that remembers its answer, beyond its own life. */
class FakeExchange final : public Exchange
{
public:
    struct Answer
    {
        std::optional<HttpResponse> response;
        bool destroyed = false;
        std::function<void()> whenAnswered; ///< The next request may come in from inside the answer to one.

        [[nodiscard]] int status() const { return response ? response->status : 0; }
        [[nodiscard]] QByteArray body() const { return response ? response->body : QByteArray("(none)"); }
    };

    explicit FakeExchange(std::shared_ptr<Answer> answer)
        : m_answer(std::move(answer))
    { }
    ~FakeExchange() override { m_answer->destroyed = true; }
    void respond(HttpResponse &&response) override
    {
        QVERIFY2(!m_answer->response, "answered twice");
        m_answer->response = std::move(response);
        if (m_answer->whenAnswered)
            m_answer->whenAnswered();
    }

private:
    std::shared_ptr<Answer> m_answer;
};

/** A WebSocket that remembers what was done to it, beyond its own life. */
class FakeWebSocket final : public WebSocket
{
public:
    struct State
    {
        QList<QByteArray> sent; ///< Binary messages with "binary:" in front.
        QList<FramePtr> frames; ///< The same.
        std::optional<int> closeCode;
        WebSocketListener *listener = nullptr;
        bool readPaused = false;
        qint64 queuedBytes = 0;
        bool isStuck = false;
        std::optional<qint64> drainMark;
        int roomFor = 1000000; ///< Frames its queue takes before it overflows.
    };

    explicit FakeWebSocket(std::shared_ptr<State> state)
        : m_state(std::move(state))
    { }
    void setListener(WebSocketListener *listener) override { m_state->listener = listener; }
    SendResult send(const FramePtr &frame) override
    {
        if (--m_state->roomFor < 0) {
            m_state->listener->sendQueueOverflowed();
            return SendResult::Dropped;
        }
        m_state->frames.append(frame);
        for (const Frame::Message &message : frame->messages())
            m_state->sent.append((message.binary ? "binary:" : "") + frame->payload(message).toByteArray());
        return SendResult::Sent;
    }
    void close(int code, const QByteArray &) override { m_state->closeCode = code; }
    void setReadPaused(bool paused) override { m_state->readPaused = paused; }
    [[nodiscard]] qint64 queuedBytes() const override { return m_state->queuedBytes; }
    [[nodiscard]] SendQueue *sendQueue() override { return nullptr; }
    [[nodiscard]] bool isStuck() const override { return m_state->isStuck; }
    void tellWhenDrained(qint64 mark) override { m_state->drainMark = mark; }

private:
    std::shared_ptr<State> m_state;
};

/** An event of 100 bytes in a room that drops the oldest. */
inline std::shared_ptr<Frame> roomFrame(const FrameStreamPtr &stream, quint64 offset)
{
    const auto frame = Frame::create("4-" + QByteArray::number(offset).leftJustified(96, ' '));
    frame->policy = SlowReaderPolicy::DropOldest;
    frame->stream = stream;
    frame->offset = offset;
    return frame;
}

/** One session, driven by hand. Its numbers are so long that no deadline passes unless a test shortens them.
 */
class SessionFixture : private SessionHost
{
public:
    SessionFixture()
    {
        settings.engine.pingInterval = std::chrono::hours(1);
        settings.engine.pingTimeout = std::chrono::hours(1);
        settings.engine.upgradeTimeout = std::chrono::hours(1);
        settings.closeTimeout = std::chrono::hours(1);
        settings.aliveFor = std::chrono::hours(1);
        settings.deadlines = &deadlines;
        settings.turnEnd = &turnEnd;
        settings.nextTurn = &nextTurn;
    }

    using Answer = std::shared_ptr<FakeExchange::Answer>;
    using WebSocket = std::shared_ptr<FakeWebSocket::State>;

    Answer openPolling()
    {
        make();
        auto answer = std::make_shared<FakeExchange::Answer>();
        session->openOnPolling(std::make_unique<FakeExchange>(answer));
        listen();
        turnEnd.flushAll();
        return answer;
    }
    WebSocket openWebSocket(bool base64 = false)
    {
        make();
        auto state = std::make_shared<FakeWebSocket::State>();
        session->openOnWebSocket(fake(state), base64);
        listen();
        return state;
    }
    Answer get()
    {
        auto answer = std::make_shared<FakeExchange::Answer>();
        auto exchange = std::make_unique<FakeExchange>(answer);
        lastExchange = exchange.get();
        session->poll(std::move(exchange));
        return answer;
    }
    Answer post(const QByteArray &body, const QByteArray &type = "text/plain")
    {
        auto answer = std::make_shared<FakeExchange::Answer>();
        HttpRequest request;
        request.headers.append("Content-Type", type);
        request.body = body;
        auto exchange = std::make_unique<FakeExchange>(answer);
        lastExchange = exchange.get();
        session->post(std::move(exchange), request);
        return answer;
    }
    WebSocket addWebSocket(bool base64 = false)
    {
        auto state = std::make_shared<FakeWebSocket::State>();
        session->addWebSocket(fake(state), base64);
        return state;
    }
    /** A frame of the layer above; leaves as at the end of a turn. */
    SendResult send(const QByteArray &text, const QList<QByteArray> &binaries = {})
    {
        const SendResult result = session->send(Frame::create(text, binaries));
        turnEnd.flushAll();
        return result;
    }

    TurnEnd turnEnd;
    DeadlineQueue deadlines;
    NextTurn nextTurn{&deadlines};
    SessionSettings settings;
    std::vector<std::unique_ptr<FakeWebSocket>> webSockets; ///< They outlive the session, as net's do.
    std::unique_ptr<Session> session;
    Exchange *lastExchange = nullptr;
    QList<QByteArray> received; ///< Binary with "binary:" in front.
    std::optional<CloseReason> closed;
    std::function<void()> whenReceived; ///< What the layer above does with a message.
    std::function<void()> whenClosed;
    bool ended = false;
    int drained = 0; ///< Times it was told so.
    int heard = 0; ///< The same.

private:
    class Listener final : public SessionListener
    {
    public:
        explicit Listener(SessionFixture *fixture)
            : m_fixture(fixture)
        { }
        void textReceived(QByteArray text) override { take(text); }
        void binaryReceived(const QByteArray &data) override { take("binary:" + data); }
        void drained() override { ++m_fixture->drained; }
        void heard() override { ++m_fixture->heard; }
        void sessionClosed(CloseReason reason) override
        {
            QVERIFY2(!m_fixture->closed, "closed twice");
            m_fixture->closed = reason;
            if (m_fixture->whenClosed)
                m_fixture->whenClosed();
        }

    private:
        void take(const QByteArray &message)
        {
            m_fixture->received.append(message);
            if (m_fixture->whenReceived)
                m_fixture->whenReceived();
        }
        SessionFixture *m_fixture;
    };

    void make()
    {
        SessionHost *const host = this;
        session = std::make_unique<Session>(host, &settings, "0123456789abcdefghij", HttpRequest());
    }
    FakeWebSocket *fake(const WebSocket &state)
    {
        webSockets.push_back(std::make_unique<FakeWebSocket>(state));
        return webSockets.back().get();
    }
    void listen() { session->setListener(std::make_unique<Listener>(this)); }
    void sessionEnded(Session *) override { ended = true; }
    bool sessionSettles(Session *, bool) override { return true; }
};

} // namespace dialogue::engineio::test
