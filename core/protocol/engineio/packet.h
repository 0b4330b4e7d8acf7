#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QList>

/** Engine.IO protocol, revision 4 (socket.io/docs/v4/engine-io-protocol). Pure functions over bytes. */
namespace dialogue::engineio {

enum class PacketType : char {
    Open = '0',
    Close = '1',
    Ping = '2',
    Pong = '3',
    Message = '4',
    Upgrade = '5',
    Noop = '6',
};

struct Packet
{
    PacketType type = PacketType::Message;
    QByteArray data = {}; ///< Text is UTF-8.
    bool binary = false; ///< Binary packets are messages without a type digit.

    friend bool operator==(const Packet &, const Packet &) = default;
};

/** The body of the open packet. */
struct Handshake
{
    QByteArray sid;
    QList<QByteArray> upgrades;
    int pingInterval = 25000; ///< ms
    int pingTimeout = 20000; ///< ms
    qint64 maxPayload = 1000000; ///< bytes
};

/** A text packet as it goes into a WebSocket text message: type digit and data. Not for binary packets. */
DIALOGUE_CORE_EXPORT QByteArray encodeText(const Packet &packet);
/** A text WebSocket message, which is UTF-8 as its reader has seen; with `b` in front it is base64 binary
 * (b64=1). */
DIALOGUE_CORE_EXPORT Result<Packet> decodeText(QByteArray message);
/** The same where it stands between two separators in a polling body, and may be any bytes. */
DIALOGUE_CORE_EXPORT Result<Packet> decodeRecord(QByteArray record);

/** "b" + base64, the text form of a binary packet. */
DIALOGUE_CORE_EXPORT QByteArray encodeBase64(QByteArrayView binary);

/** Between the packets of a polling body. */
inline constexpr char RecordSeparator = '\x1e';

/** Packets joined, as a polling body carries them. */
DIALOGUE_CORE_EXPORT QByteArray encodePayload(const QList<Packet> &packets);
DIALOGUE_CORE_EXPORT Result<QList<Packet>> decodePayload(QByteArrayView body);

/** The open packet's JSON with exactly the five keys of the protocol, and back. */
DIALOGUE_CORE_EXPORT QByteArray encodeHandshake(const Handshake &handshake);
DIALOGUE_CORE_EXPORT Result<Handshake> decodeHandshake(QByteArrayView json);

} // namespace dialogue::engineio
