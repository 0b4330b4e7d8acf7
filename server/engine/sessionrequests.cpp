#include "server/engine/session.h"

// What a session does with the requests and WebSockets the server brings it: polls, posts and the upgrade.

namespace dialogue::engineio {

namespace {

bool isOctetStream(const HttpRequest &request)
{
    const QByteArray type = request.headers.value("Content-Type").split(';').first().trimmed();
    return type.compare("application/octet-stream", Qt::CaseInsensitive) == 0;
}

} // namespace

void Session::poll(std::unique_ptr<Exchange> exchange)
{
    heard();
    if (m_polling.hasPoll()) {
        finish(CloseReason::TransportError);
        exchange->respond({.status = 400});
        return;
    }
    if (m_state == State::Closing && m_polling.isEmpty()) {
        exchange->respond(pollResponse("6\x1e"
                                       "1"));
        finish(CloseReason::ServerClosed);
        return;
    }
    m_polling.setPoll(std::move(exchange));
    m_polling.flush();
    if (m_drainMark >= 0)
        m_settings->turnEnd->schedule(this);
    if (m_probe && m_probe->isAnswered())
        m_polling.answer("6");
}

void Session::hurryPoll(const Exchange *exchange)
{
    if (!m_polling.isPoll(exchange))
        return;
    m_polling.flush();
    m_polling.answer("6"); // Clients poll again after a NOOP.
}

void Session::post(std::unique_ptr<Exchange> exchange, const HttpRequest &request)
{
    heard();
    if (hasPost() || isOctetStream(request)) {
        finish(CloseReason::TransportError);
        exchange->respond({.status = 400});
        return;
    }
    m_post = std::move(exchange);
    if (m_state != State::Open) {
        confirmPost();
        return;
    }
    m_inbox.addBody(request.body);
    pump();
}

void Session::aborted(const Exchange *exchange)
{
    if (m_polling.isPoll(exchange))
        m_polling.dropPoll();
    else if (m_post.get() == exchange)
        m_post.reset();
    else if (m_begunPost.get() == exchange)
        m_begunPost.reset();
    else
        return;
    finish(CloseReason::ConnectionLost);
}

void Session::addWebSocket(WebSocket *webSocket, bool base64)
{
    if (m_webSocket || m_probe || m_state == State::Closed) {
        webSocket->setListener(nullptr);
        webSocket->close(1000);
        return;
    }
    ProbeListener *const listener = this;
    m_probe = std::make_unique<UpgradeProbe>(webSocket, base64, m_settings->deadlines,
                                             m_settings->engine.upgradeTimeout, listener);
}

void Session::confirmPost()
{
    if (m_post)
        answerPost(postResponse());
}

void Session::answerPost(HttpResponse &&response)
{
    if (const std::unique_ptr<Exchange> post = std::move(m_post))
        post->respond(std::move(response));
}

void Session::probeAnswered()
{
    m_polling.flush();
    m_polling.answer("6");
}

void Session::probeSucceeded(WebSocket *webSocket, bool base64)
{
    m_polling.flush();
    // A GET still waits only when the client did not probe first. Another WebSocket may come right behind it,
    // which is refused as long as there is a probe.
    m_polling.answer("1");
    m_formerProbe = std::move(m_probe);
    if (m_state == State::Closed) { // By the request that came behind that GET.
        webSocket->setListener(nullptr);
        webSocket->close(1000);
        return;
    }
    m_webSocket = webSocket;
    if (m_isTraced)
        setTraced(true);
    m_base64 = base64;
    m_webSocket->setListener(this);
    m_polling.queue().setTraced(false); // What goes on by another way is not sent by that.
    const bool closing = m_state == State::Closing;
    for (const FramePtr &frame : m_polling.take())
        sendOnWebSocket(frame);
    if (m_state == State::Closed) // More waited than a slow reader may have waiting.
        return;
    if (closing) {
        finish(CloseReason::ServerClosed);
        return;
    }
    m_heartbeat.extend();
    m_webSocket->setReadPaused(m_readPaused);
    if (m_drainMark >= 0)
        m_webSocket->tellWhenDrained(m_drainMark);
}

void Session::probeFailed() { m_formerProbe = std::move(m_probe); }

} // namespace dialogue::engineio
