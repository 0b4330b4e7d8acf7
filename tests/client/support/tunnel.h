#pragma once

#include <QTcpServer>
#include <QTcpSocket>

namespace dialogue::test {

/** Passes on what comes on either side, until one of them ends. \a in owns \a out. */
inline void pass(QTcpSocket *in, QTcpSocket *out)
{
    out->setParent(in);
    for (const auto &[from, to] : {std::pair(in, out), std::pair(out, in)}) {
        const auto forward = [from = from, to = to] {
            if (to->state() == QAbstractSocket::ConnectedState)
                to->write(from->readAll());
        };
        QObject::connect(from, &QTcpSocket::readyRead, to, forward);
        QObject::connect(to, &QTcpSocket::connected, from, forward);
        QObject::connect(from, &QTcpSocket::disconnected, to, [to = to] { to->disconnectFromHost(); });
    }
    QObject::connect(in, &QTcpSocket::disconnected, in, &QObject::deleteLater);
}

/**
 * A proxy for HTTP's CONNECT (RFC 9110, 9.3.6) and for SOCKS 5 (RFC 1928) by host name, which brings
 * everybody to the one server it knows, whatever host was asked for.
 */
class Tunnel : public QObject
{
public:
    explicit Tunnel(quint16 serverPort)
        : m_serverPort(serverPort)
    {
        connect(&m_listener, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *const in = m_listener.nextPendingConnection();
            connect(in, &QTcpSocket::readyRead, this, [this, in] { talk(in); });
        });
        if (!m_listener.listen(QHostAddress::LocalHost))
            qFatal("The tunnel cannot listen: %s", qPrintable(m_listener.errorString()));
    }

    [[nodiscard]] quint16 port() const { return m_listener.serverPort(); }
    QByteArrayList asked; ///< Hosts, as they were asked for.

private:
    void talk(QTcpSocket *in)
    {
        const QByteArray said = in->peek(4096);
        if (said.startsWith("CONNECT ") && said.endsWith("\r\n\r\n"))
            open(in, said.split(' ').at(1).split(':').front(), "HTTP/1.1 200 OK\r\n\r\n");
        else if (said.startsWith(QByteArray("\x05\x01\x00\x03", 4)))
            open(in, said.mid(5, said.at(4)), QByteArray("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10));
        else if (said.startsWith('\x05') && in->readAll().size() > 0)
            in->write(QByteArray("\x05\x00", 2)); // no authentication
    }
    void open(QTcpSocket *in, const QByteArray &host, const QByteArray &answer)
    {
        asked.append(host);
        in->readAll();
        in->disconnect(this);
        in->write(answer);
        auto *const out = new QTcpSocket;
        pass(in, out);
        out->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    }

    QTcpServer m_listener;
    quint16 m_serverPort;
};

} // namespace dialogue::test
