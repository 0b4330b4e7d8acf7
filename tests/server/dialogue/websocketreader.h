#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QHostAddress>
#include <QTcpSocket>

#include <zlib.h>

namespace dialogue::test {

/** A WebSocket client that reads only when it is told to, and says nothing of itself: it answers no ping. */
class WebSocketReader
{
public:
    /** \a compressed: it wants permessage-deflate (RFC 7692), and no message that refers to one before. */
    explicit WebSocketReader(quint16 port, bool compressed = false)
    {
        m_socket.setReadBufferSize(1);
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        m_socket.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                       "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                       + QByteArray(compressed ? "Sec-WebSocket-Extensions: permessage-deflate; "
                                                 "server_no_context_takeover; client_no_context_takeover\r\n"
                                               : "")
                       + "\r\n");
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
            m_compresses = m_received.first(end).contains("permessage-deflate");
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
            const QByteArray payload = m_received.mid(at + head, size);
            const bool isCompressed = (byte(0) & 0x40) != 0;
            m_inflated += isCompressed ? 1 : 0;
            packets.append(isCompressed ? decompressed(payload) : payload);
            at += head + size;
        }
        m_received.remove(0, at);
        return packets;
    }

    void pause() { m_socket.setReadBufferSize(1); } ///< Reads nothing more until it is told to again.
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] bool compresses() const { return m_compresses; } ///< As was agreed upon.
    [[nodiscard]] int inflated() const { return m_inflated; } ///< Messages.

private:
    static QByteArray decompressed(QByteArray payload)
    {
        payload.append(QByteArray::fromHex("0000ffff")); // RFC 7692, section 7.2.2
        z_stream stream{};
        QByteArray out(1 << 20, Qt::Uninitialized);
        stream.next_in = reinterpret_cast<Bytef *>(payload.data());
        stream.avail_in = uInt(payload.size());
        stream.next_out = reinterpret_cast<Bytef *>(out.data());
        stream.avail_out = uInt(out.size());
        const bool isGood = inflateInit2(&stream, -MAX_WBITS) == Z_OK && inflate(&stream, Z_SYNC_FLUSH) >= 0;
        out.truncate(isGood ? qsizetype(stream.total_out) : 0);
        inflateEnd(&stream);
        return out;
    }

    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_isOpen = false;
    bool m_compresses = false;
    int m_inflated = 0;
};

} // namespace dialogue::test
