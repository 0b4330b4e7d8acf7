#pragma once

#include "localhostcertificate.h"
#include "tunnel.h"

#include <QSslSocket>

namespace dialogue::test {

/** As a reverse proxy does it: TLS in front, plain TCP behind. */
class TlsFront : public QTcpServer
{
public:
    explicit TlsFront(quint16 serverPort, const QHostAddress &address = QHostAddress::LocalHost)
        : m_serverPort(serverPort)
    {
        if (!listen(address))
            qFatal("The TLS end cannot listen: %s", qPrintable(errorString()));
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *const in = new QSslSocket(this);
        in->setSocketDescriptor(descriptor);
        in->setLocalCertificate(localhostCertificate());
        in->setPrivateKey(localhostKey());
        connect(in, &QSslSocket::encrypted, this, [this, in] {
            auto *const out = new QTcpSocket;
            pass(in, out);
            out->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
        });
        in->startServerEncryption();
    }

private:
    quint16 m_serverPort;
};

} // namespace dialogue::test
