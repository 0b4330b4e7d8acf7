#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/json/cursor.h"
#include "core/json/jsondata.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>

#include <memory>
#include <optional>

/** Socket.IO protocol, revision 5 (socket.io/docs/v4/socket-io-protocol), inside Engine.IO messages. */
namespace dialogue::socketio {

enum class PacketType : char {
    Connect = '0',
    Disconnect = '1',
    Event = '2',
    Ack = '3',
    ConnectError = '4',
    BinaryEvent = '5',
    BinaryAck = '6',
};

struct Packet
{
    PacketType type = PacketType::Event;
    QByteArray nsp = QByteArrayLiteral("/");
    std::optional<quint64> id = {};
    JsonData data = QJsonValue::Undefined; ///< Undefined: no payload. Binary values are placeholders.
    QList<QByteArray> attachments = {};
    /** Why the payload cannot be taken, though it is JSON: a number in it is one that no double holds. Then
     * \a data has the name of an EVENT alone, and of others nothing. */
    QString fault = {};

    [[nodiscard]] bool isEvent() const
    {
        return type == PacketType::Event || type == PacketType::BinaryEvent;
    }
    [[nodiscard]] bool isAck() const { return type == PacketType::Ack || type == PacketType::BinaryAck; }
};

/**
 * The text of \a packet, without the Engine.IO `4`; its attachments follow as binary messages.
 * An event or ack goes out as binary exactly when it has attachments, whatever its type says.
 */
DIALOGUE_CORE_EXPORT QByteArray encode(const Packet &packet);

/** A binary value for use inside an event's arguments: `{"_placeholder":true,"num":index}`. */
DIALOGUE_CORE_EXPORT QJsonValue placeholder(int index);

/** Whether every placeholder in \a data names one of \a count attachments. JSON parsing bounds the depth. */
DIALOGUE_CORE_EXPORT bool placeholdersFit(const JsonData &data, int count);

/**
 * Puts packets together from the messages of one connection: a text message, then its attachments.
 * Any error is a protocol violation, after which the connection must be closed.
 *
 * Serves both directions: what depends on who speaks (a CONNECT_ERROR from a client) or on state (a namespace
 * not joined) is for the caller. Namespaces stand as sent, a `?query` included, as the reference keeps them
 * in revision 5. A placeholder in a packet without attachments is data like any other, as in the reference;
 * who puts such data into one packet with attachments sees to it that it names none of them.
 */
class DIALOGUE_CORE_EXPORT Decoder
{
public:
    /** \a maxDepth: of arrays and objects inside one another in a payload. */
    explicit Decoder(int maxAttachments = 10, int maxDepth = json::MaxDepth);

    /** A complete packet; or nothing while attachments are due. */
    Result<std::optional<Packet>> text(QByteArray message);
    Result<std::optional<Packet>> binary(const QByteArray &attachment);

private:
    int m_maxAttachments;
    int m_maxDepth;
    std::unique_ptr<Packet> m_pending; ///< Attachments of it are due.
    int m_due = 0;
};

} // namespace dialogue::socketio
