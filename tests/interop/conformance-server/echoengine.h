#pragma once

#include "server/bridge/workerpool.h"
#include "server/engine/engineserver.h"
#include "server/http/httpconnection.h"

namespace dialogue {

/** Sends every message back: text as text, binary as binary. */
class EchoSession final : public engineio::SessionListener
{
public:
    explicit EchoSession(engineio::Session *session)
        : m_session(session)
    { }

    void textReceived(QByteArray text) override { m_session->send(Frame::create('4' + text)); }
    void binaryReceived(const QByteArray &data) override
    {
        m_session->send(Frame::create(QByteArray(), {data}));
    }
    void sessionClosed(engineio::CloseReason) override { }

private:
    engineio::Session *m_session;
};

class EchoEngine final : public engineio::Application
{
public:
    void start(engineio::EngineServer &) override { }
    std::unique_ptr<engineio::SessionListener> sessionOpened(engineio::Session &session) override
    {
        return std::make_unique<EchoSession>(&session);
    }
    void httpRequest(HttpConnection *connection, HttpRequest &&) override
    {
        connection->respond(HttpResponse::text("Not found\n", 404));
    }
};

} // namespace dialogue
