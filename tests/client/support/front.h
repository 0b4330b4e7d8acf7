#pragma once

#include "tunnel.h"

namespace dialogue::test {

/**
 * An HTTP server in front of another one: it answers what \a answer says to the head of a request, or where
 * that is empty passes on the connection, from its beginning.
 */
class Front : public QTcpServer
{
public:
    using Answer = std::function<QByteArray(const QByteArray &head)>;

    explicit Front(quint16 serverPort, Answer says = {})
        : answer(std::move(says))
        , m_serverPort(serverPort)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *const in = nextPendingConnection();
            connect(in, &QTcpSocket::readyRead, this, [this, in] { talk(in); });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("The front cannot listen: %s", qPrintable(errorString()));
    }

    Answer answer;
    QByteArrayList heads; ///< That it was asked to answer.

    static QByteArray status(const QByteArray &line, const QByteArray &headers = {},
                             const QByteArray &body = {})
    {
        return "HTTP/1.1 " + line + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
            + "\r\nConnection: close\r\n\r\n" + body;
    }

private:
    void talk(QTcpSocket *in)
    {
        const QByteArray head = in->peek(65536);
        if (!head.contains("\r\n\r\n"))
            return;
        heads.append(head);
        const QByteArray said = answer ? answer(head) : QByteArray();
        if (!said.isEmpty()) {
            in->readAll();
            in->write(said);
            in->disconnectFromHost();
            return;
        }
        in->disconnect(this);
        auto *const out = new QTcpSocket;
        pass(in, out);
        out->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    }

    quint16 m_serverPort;
};

} // namespace dialogue::test
