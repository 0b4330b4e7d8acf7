#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <QPointer>

#include <functional>

namespace dialogue::test {

/** An HTTP server that answers what a test says, or nothing. */
class HookServer : public QTcpServer
{
public:
    struct Request
    {
        QByteArray head;
        QByteArray body;
        QPointer<QTcpSocket> socket;

        [[nodiscard]] QByteArray header(const QByteArray &name) const
        {
            for (const QByteArray &line : head.split('\n')) {
                if (line.toLower().startsWith(name.toLower() + ':'))
                    return line.mid(name.size() + 1).trimmed();
            }
            return {};
        }
        void answer(const QByteArray &status, const QByteArray &type = {}, const QByteArray &text = {}) const
        {
            raw("HTTP/1.1 " + status + "\r\nContent-Type: " + type
                + "\r\nContent-Length: " + QByteArray::number(text.size()) + "\r\n\r\n" + text);
        }
        void raw(const QByteArray &bytes) const
        {
            if (socket)
                socket->write(bytes);
        }
    };
    using Handler = std::function<void(const Request &)>;

    explicit HookServer(Handler handler)
        : m_handler(std::move(handler))
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("Cannot listen");
    }
    /** Over TLS, with these files. */
    HookServer(Handler handler, const QString &certificate, const QString &key)
        : HookServer(std::move(handler))
    {
        m_ssl = QSslConfiguration::defaultConfiguration();
        m_ssl.setLocalCertificateChain(QSslCertificate::fromPath(certificate));
        QFile file(key);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("Cannot read %s", qPrintable(key));
        m_ssl.setPrivateKey(QSslKey(file.readAll(), QSsl::Ec));
    }

    [[nodiscard]] QString url(const QString &path = QStringLiteral("/check")) const
    {
        const QString scheme = m_ssl.isNull() ? QStringLiteral("http") : QStringLiteral("https");
        return QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(serverPort()).arg(path);
    }
    QList<Request> requests; ///< All that came.

protected:
    void incomingConnection(qintptr descriptor) override
    {
        QTcpSocket *const socket = m_ssl.isNull() ? new QTcpSocket(this) : new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        if (auto *const tls = qobject_cast<QSslSocket *>(socket)) {
            tls->setSslConfiguration(m_ssl);
            tls->startServerEncryption();
        }
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &got = m_got[socket];
        got += socket->readAll();
        const qsizetype end = got.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        Request request{got.left(end), {}, socket};
        const qsizetype length = request.header("Content-Length").toLongLong();
        if (got.size() < end + 4 + length)
            return;
        request.body = got.mid(end + 4, length);
        got.remove(0, end + 4 + length);
        requests.append(request);
        m_handler(request);
    }

    const Handler m_handler;
    QSslConfiguration m_ssl{};
    QHash<QTcpSocket *, QByteArray> m_got;
};

} // namespace dialogue::test
