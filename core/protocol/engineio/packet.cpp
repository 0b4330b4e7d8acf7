#include "core/protocol/engineio/packet.h"

#include "core/json/objectwriter.h"
#include "core/json/writer.h"
#include "core/protocol/websocket/utf8.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace dialogue::engineio {

namespace {

constexpr char Base64Mark = 'b';

Error parseError(const QString &message, const QString &path = {})
{
    return {.code = ErrorCode::ParseError, .message = message, .path = path};
}

/** RFC 4648 section 4, canonical: padded, no blanks, no other alphabet. */
Result<QByteArray> decodeBase64(QByteArrayView text)
{
    if (text.size() % 4 != 0)
        return parseError(
            QStringLiteral("The length of base64 data must be a multiple of 4, it is %1").arg(text.size()));
    const auto decoded = QByteArray::fromBase64Encoding(QByteArray::fromRawData(text.data(), text.size()),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return parseError(QStringLiteral("A packet beginning with b must go on as base64"));
    return *decoded;
}

void append(QByteArray &out, const Packet &packet)
{
    if (packet.binary) {
        out += Base64Mark;
        out += packet.data.toBase64();
    } else {
        out += static_cast<char>(packet.type);
        out += packet.data;
    }
}

Result<qint64> positiveInteger(const QJsonObject &object, const QString &key, qint64 most)
{
    const double value = object.value(key).toDouble(-1);
    if (!(value >= 1) || value > static_cast<double>(most)
        || value != static_cast<double>(static_cast<qint64>(value)))
        return parseError(QStringLiteral("must be a whole number from 1 to %1").arg(most), key);
    return static_cast<qint64>(value);
}

} // namespace

QByteArray encodeText(const Packet &packet)
{
    QByteArray out;
    out.reserve(packet.data.size() + 1);
    append(out, packet);
    return out;
}

Result<Packet> decodeText(QByteArray message)
{
    if (message.isEmpty())
        return parseError(QStringLiteral("An Engine.IO packet must have a type, this one is empty"));
    const char type = message.at(0);
    message.remove(0, 1); // Where it is not shared, nothing moves.
    if (type == Base64Mark) {
        Result<QByteArray> binary = decodeBase64(message);
        if (!binary)
            return binary.error();
        return Packet{.type = PacketType::Message, .data = *std::move(binary), .binary = true};
    }
    if (type < static_cast<char>(PacketType::Open) || type > static_cast<char>(PacketType::Noop))
        return parseError(QStringLiteral("Unknown Engine.IO packet type 0x%1, expected 0 to 6 or b")
                              .arg(static_cast<uchar>(type), 2, 16, QLatin1Char('0')));
    return Packet{.type = static_cast<PacketType>(type), .data = std::move(message)};
}

Result<Packet> decodeRecord(QByteArray record)
{
    if (!record.startsWith(Base64Mark) && !isValidUtf8(record))
        return parseError(QStringLiteral("An Engine.IO text packet must be valid UTF-8"));
    return decodeText(std::move(record));
}

QByteArray encodeBase64(QByteArrayView binary)
{
    return Base64Mark + QByteArray::fromRawData(binary.data(), binary.size()).toBase64();
}

QByteArray encodePayload(const QList<Packet> &packets)
{
    qsizetype size = 0;
    for (const Packet &packet : packets)
        size += 2 + (packet.binary ? (packet.data.size() + 2) / 3 * 4 : packet.data.size());
    QByteArray out;
    out.reserve(size);
    for (const Packet &packet : packets) {
        if (!out.isEmpty())
            out += RecordSeparator;
        append(out, packet);
    }
    return out;
}

Result<QList<Packet>> decodePayload(QByteArrayView body)
{
    QList<Packet> packets;
    for (qsizetype begin = 0; begin <= body.size();) {
        qsizetype end = body.indexOf(RecordSeparator, begin);
        if (end < 0)
            end = body.size();
        Result<Packet> packet = decodeRecord(body.sliced(begin, end - begin).toByteArray());
        if (!packet) {
            Error error = packet.error();
            error.path = QStringLiteral("packet[%1]").arg(packets.size());
            return error;
        }
        packets.append(*std::move(packet));
        begin = end + 1;
    }
    return packets;
}

QByteArray encodeHandshake(const Handshake &handshake)
{
    QByteArray upgrades = "[";
    for (const QByteArray &upgrade : handshake.upgrades) {
        if (upgrades.size() > 1)
            upgrades += ',';
        json::appendString(upgrades, QString::fromUtf8(upgrade));
    }
    upgrades += ']';
    // QJsonObject would sort the keys, and the text would no longer be the protocol's.
    json::ObjectWriter out;
    out.string(QLatin1String("sid"), QString::fromUtf8(handshake.sid));
    out.text(QLatin1String("upgrades"), upgrades);
    out.number(QLatin1String("pingInterval"), handshake.pingInterval);
    out.number(QLatin1String("pingTimeout"), handshake.pingTimeout);
    out.number(QLatin1String("maxPayload"), handshake.maxPayload);
    return out.take();
}

Result<Handshake> decodeHandshake(QByteArrayView json)
{
    QJsonParseError failure;
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), json.size()), &failure);
    if (!document.isObject())
        return parseError(
            QStringLiteral("The handshake must be a JSON object: %1").arg(failure.errorString()));
    const QJsonObject object = document.object();

    Handshake handshake;
    handshake.sid = object.value(u"sid").toString().toUtf8();
    if (handshake.sid.isEmpty())
        return parseError(QStringLiteral("must be a non-empty string"), QStringLiteral("sid"));
    const QJsonValue upgrades = object.value(u"upgrades");
    if (!upgrades.isArray())
        return parseError(QStringLiteral("must be an array of transport names"), QStringLiteral("upgrades"));
    const QJsonArray names = upgrades.toArray();
    for (const QJsonValue &name : names) {
        if (!name.isString())
            return parseError(QStringLiteral("must be an array of transport names"),
                              QStringLiteral("upgrades"));
        handshake.upgrades.append(name.toString().toUtf8());
    }
    const auto interval
        = positiveInteger(object, QStringLiteral("pingInterval"), std::numeric_limits<int>::max());
    if (!interval)
        return interval.error();
    const auto timeout
        = positiveInteger(object, QStringLiteral("pingTimeout"), std::numeric_limits<int>::max());
    if (!timeout)
        return timeout.error();
    const auto most = positiveInteger(object, QStringLiteral("maxPayload"), qint64(1) << 53);
    if (!most)
        return most.error();
    handshake.pingInterval = static_cast<int>(*interval);
    handshake.pingTimeout = static_cast<int>(*timeout);
    handshake.maxPayload = *most;
    return handshake;
}

} // namespace dialogue::engineio
