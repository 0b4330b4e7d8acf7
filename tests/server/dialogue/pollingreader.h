#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

namespace dialogue::test {

/** A polling client: each of its requests has a connection of its own. */
class PollingReader
{
public:
    explicit PollingReader(quint16 port)
        : m_port(port)
    {
        const QByteArray opened = request("GET", {});
        m_sid = QJsonDocument::fromJson(opened.mid(1)).object()[QLatin1String("sid")].toString().toLatin1();
    }
    void say(const QByteArray &packet) { request("POST", packet); }
    QByteArrayList read() { return request("GET", {}).split('\x1e'); }

private:
    QByteArray request(const QByteArray &method, const QByteArray &body)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        socket.write(method + " /socket.io/?EIO=4&transport=polling"
                     + (m_sid.isEmpty() ? "" : "&sid=" + m_sid)
                     + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
                     + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        (void)QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; },
                              20000);
        const QByteArray answer = socket.readAll();
        return answer.mid(answer.indexOf("\r\n\r\n") + 4);
    }

    quint16 m_port;
    QByteArray m_sid;
};

} // namespace dialogue::test
