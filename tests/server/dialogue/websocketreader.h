#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QHostAddress>
#include <QTcpSocket>

namespace dialogue::test {

/** A WebSocket client that reads only when it is told to, and says nothing of itself: it answers no ping. */
class WebSocketReader
{
public:
    explicit WebSocketReader(quint16 port)
    {
        m_socket.setReadBufferSize(1);
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        m_socket.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                       "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }
    void say(const QByteArray &packet)
    {
        const auto head
            = QByteArray("\x81") + char(0x80 | packet.size()) + QByteArray(4, '\0'); // Masked with zeros.
        m_socket.write(head + packet);
    }
    /** The packets that have come and are complete. */
    QByteArrayList read()
    {
        m_socket.setReadBufferSize(0);
        m_received += m_socket.readAll();
        if (!m_isOpen) {
            const qsizetype end = m_received.indexOf("\r\n\r\n");
            if (end < 0)
                return {};
            m_received.remove(0, end + 4);
            m_isOpen = true;
        }
        QByteArrayList packets;
        qsizetype at = 0;
        while (m_received.size() >= at + 10) {
            const auto byte = [&](qsizetype i) { return qsizetype(quint8(m_received.at(at + i))); };
            const qsizetype lengthBytes = byte(1) == 127 ? 8 : byte(1) == 126 ? 2 : 0;
            const qsizetype head = 2 + lengthBytes;
            qsizetype size = lengthBytes == 0 ? byte(1) : 0;
            for (qsizetype i = 2; i < head; ++i)
                size = size << 8 | byte(i);
            if (m_received.size() < at + head + size)
                break;
            packets.append(m_received.mid(at + head, size));
            at += head + size;
        }
        m_received.remove(0, at);
        return packets;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_isOpen = false;
};

} // namespace dialogue::test
