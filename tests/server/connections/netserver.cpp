#include "netserver.h"

#include <QTest>
#include <QtEndian>

#include <vector>

using namespace dialogue;

NetServer::NetServer(int workers, NetConfig config, const PlaceLimits &limits)
    : m_places(std::make_shared<Places>(limits))
    , m_acceptThread(QStringLiteral("accept"), transport)
{
    config.transport = transport;
    std::vector<NetWorker *> peers;
    for (int i = 0; i < workers; ++i) {
        m_threads.push_back(std::make_unique<IoThread>(QStringLiteral("io-%1").arg(i), transport));
        m_threads.back()->start();
        m_threads.back()->run([&] {
            m_workers.push_back(std::make_unique<NetWorker>(i, config));
            m_handlers.push_back(std::make_unique<Handler>(i, &m_seen));
            m_workers.back()->setHandler(m_handlers.back().get());
        });
        peers.push_back(m_workers.back().get());
    }
    for (std::size_t i = 0; i < m_threads.size(); ++i)
        m_threads[i]->run([&] { m_workers[i]->setPeers(peers); });
    m_acceptThread.start();
    m_acceptThread.run([&] {
        if (transport == ServerTransport::Qt)
            listenWithQt(config.trustedProxies);
        else
            listen(config.trustedProxies);
    });
}

void NetServer::listen(const TrustedProxies &proxies)
{
    m_listener = std::make_unique<Listener>(m_places, proxies, [this](qintptr descriptor, Place &&place) {
        m_workers[m_next++ % m_workers.size()]->adopt(descriptor, std::move(place));
    });
    Result<ListenSocket> listening = ListenSocket::tcp(QStringLiteral("127.0.0.1"), 0);
    if (!listening)
        qFatal("%s", qUtf8Printable(listening.error().text()));
    m_listener->listen(*std::move(listening));
    m_port = m_listener->port();
}

void NetServer::listenWithQt(const TrustedProxies &proxies)
{
    m_qtListener = std::make_unique<QtListener>();
    if (const auto listening = m_qtListener->open(QStringLiteral("127.0.0.1"), 0); !listening)
        qFatal("%s", qUtf8Printable(listening.error().text()));
    m_qtListener->begin(m_places, proxies, [this](std::unique_ptr<QtStream> stream) {
        NetWorker &worker = *m_workers[m_next++ % m_workers.size()];
        stream->moveTo(worker.thread());
        worker.adopt(std::move(stream));
    });
    m_port = m_qtListener->serverPort();
}

NetServer::~NetServer()
{
    m_acceptThread.run([&] {
        m_listener.reset();
        m_qtListener.reset();
    });
    for (std::size_t i = 0; i < m_threads.size(); ++i) {
        destroyWorker(int(i));
        m_threads[i]->run([&] { m_handlers[i].reset(); });
        m_threads[i]->stop();
    }
}

void NetServer::in(int worker, const std::function<void(Handler &)> &function)
{
    m_threads[std::size_t(worker)]->run([&] { function(*m_handlers[std::size_t(worker)]); });
}

void NetServer::destroyWorker(int worker)
{
    m_threads[std::size_t(worker)]->run([&] { m_workers[std::size_t(worker)].reset(); });
}

int NetServer::connectionCount()
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_threads.size(); ++i)
        m_threads[i]->run([&] { count += m_workers[i]->connectionCount(); });
    return int(count);
}

std::unique_ptr<QTcpSocket> NetServer::connectedClient() const
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    if (!socket->waitForConnected(10000))
        qFatal("cannot connect: %s", qUtf8Printable(socket->errorString()));
    return socket;
}

NetServer::Handler::~Handler() = default;

int NetServer::Handler::homeOf(const HttpRequest &head)
{
    const QByteArray home = head.query.value("home");
    return home.isEmpty() ? m_index : home.toInt();
}

void NetServer::Handler::requestReceived(HttpConnection *connection, HttpRequest &&request)
{
    ++m_seen->requests;
    if (request.path == "/pending") {
        pending.push_back(connection);
        return;
    }
    if (request.path == "/patient") {
        patient.push_back(connection);
        return;
    }
    if (request.path == "/large") {
        connection->respond(HttpResponse::text(QByteArray(LargeBody, 'x')));
        return;
    }
    if (request.path == "/client") {
        const QByteArray scheme = request.secure ? "https" : "http";
        connection->respond(HttpResponse::text(request.peerAddress.toString().toLatin1() + ' ' + scheme + ' '
                                               + request.host()));
        return;
    }
    HttpResponse response = HttpResponse::text(request.path == "/worker" ? QByteArray::number(m_index)
                                                                         : request.method + " " + request.path
                                                       + " " + request.body);
    response.close = request.path == "/close";
    connection->respond(std::move(response));
}

void NetServer::Handler::nextRequestWaits(HttpConnection *connection)
{
    if (std::erase(patient, connection) > 0)
        connection->respond(HttpResponse::text("hurried"));
}

void NetServer::Handler::upgradeRequested(HttpConnection *connection, const HttpRequest &head)
{
    if (head.path == "/refused")
        connection->respond(HttpResponse::text("no", 403));
    else
        connection->acceptWebSocket();
}

void NetServer::Handler::webSocketOpened(WebSocketConnection *webSocket, const HttpRequest &)
{
    ++m_seen->opened;
    listeners.push_back(std::make_unique<EchoListener>(webSocket, this, m_seen));
    webSocket->setListener(listeners.back().get());
}

void NetServer::Handler::requestAborted(HttpConnection *connection)
{
    ++m_seen->aborted;
    std::erase(pending, connection);
    std::erase(patient, connection);
    if (whenAborted)
        whenAborted(connection);
}

void EchoListener::textReceived(QByteArray utf8)
{
    ++m_seen->messages;
    if (utf8 == "close me")
        webSocket->close(4000, "as you wish");
    else if (utf8 == "abort me")
        webSocket->abort();
    else if (m_handler->echo)
        webSocket->send(Frame::create(utf8));
}

void EchoListener::binaryReceived(const QByteArray &data)
{
    ++m_seen->messages;
    webSocket->send(Frame::create("binary", {data}));
}

void EchoListener::webSocketClosed(int code)
{
    m_seen->closeCode = code;
    ++m_seen->closed;
    webSocket = nullptr;
    std::erase_if(m_handler->listeners, [this](const auto &listener) { return listener.get() == this; });
}

void EchoListener::sendQueueOverflowed()
{
    ++m_seen->overflows;
    webSocket->abort();
}

QByteArray clientFrame(int opcode, const QByteArray &payload, bool final)
{
    QByteArray frame;
    frame.append(char((final ? 0x80 : 0) | opcode));
    if (payload.size() <= 125) {
        frame.append(char(0x80 | payload.size()));
    } else if (payload.size() <= 0xffff) {
        char length[2];
        qToBigEndian(quint16(payload.size()), length);
        frame.append(char(0x80 | 126)).append(length, 2);
    } else {
        char length[8];
        qToBigEndian(quint64(payload.size()), length);
        frame.append(char(0x80 | 127)).append(length, 8);
    }
    return frame.append(4, '\0').append(payload);
}

QByteArray upgradeRequest(const QByteArray &path)
{
    return "GET " + path
        + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

QByteArray readUntil(QTcpSocket &socket, const QByteArray &what)
{
    QByteArray read = socket.readAll();
    qsizetype searched = 0;
    while (read.indexOf(what, searched) < 0 && socket.waitForReadyRead(10000)) {
        searched = qMax<qsizetype>(0, read.size() - what.size());
        read += socket.readAll();
    }
    return read;
}

QByteArray readAll(QTcpSocket &socket)
{
    QByteArray read = socket.readAll();
    while (socket.waitForReadyRead(10000))
        read += socket.readAll();
    return read + socket.readAll();
}
