#include "core/protocol/socketio/packet.h"

#include "core/protocol/socketio/reservedevents.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace dialogue::socketio {

namespace {

Error violation(const QString &message) { return {.code = ErrorCode::ProtocolViolation, .message = message}; }

/** Takes a run of digits off the front of \a rest; an Error when it does not fit. Nothing when there is none.
 */
Result<std::optional<quint64>> takeNumber(QByteArrayView &rest)
{
    quint64 number = 0;
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (failure == std::errc::result_out_of_range)
        return violation(
            QStringLiteral("A number in the head of a packet is too large, expected at most 64 bits"));
    if (failure != std::errc())
        return std::optional<quint64>();
    rest = rest.sliced(end - rest.data());
    return std::optional<quint64>(number);
}

QByteArray takeNamespace(QByteArrayView &rest)
{
    if (!rest.startsWith('/'))
        return QByteArrayLiteral("/");
    const qsizetype comma = rest.indexOf(',');
    const QByteArrayView nsp = comma < 0 ? rest : rest.first(comma);
    rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
    return nsp == "/" ? QByteArrayLiteral("/") : nsp.toByteArray();
}

/** What is left of an EVENT's payload of which nothing but the name can be taken; nothing, without a name. */
Result<JsonData> nameAlone(QByteArrayView payload)
{
    json::Cursor cursor(payload);
    cursor.enterArray();
    const bool isName = cursor.type() == json::Cursor::Type::String;
    const QByteArrayView name = isName ? cursor.skip() : QByteArrayView();
    if (name.isEmpty())
        return violation(QStringLiteral("The payload of an EVENT must begin with the event's name"));
    return JsonData::fromText('[' + name.toByteArray() + ']');
}

/** Takes \a text as the payload of \a packet, or says in it why not. */
Result<void> takePayload(Packet &packet, QByteArray &&text, int maxDepth)
{
    // Only CONNECT_ERROR of old servers is a bare string.
    if (!text.startsWith('[') && !text.startsWith('{') && !text.startsWith('"'))
        return violation(
            QStringLiteral("Expected an ack id of digits and a JSON payload in a Socket.IO packet"));
    const Result<void> checked = json::check(text, maxDepth);
    if (checked) {
        packet.data = JsonData::fromText(std::move(text));
        return {};
    }
    if (!json::check(text, maxDepth, json::Cursor::Numbers::OfAnySize)) {
        return violation(
            QStringLiteral("The payload of a Socket.IO packet is not JSON: %1").arg(checked.error().message));
    }
    packet.fault = checked.error().message;
    if (!packet.isEvent())
        return {};
    Result<JsonData> name = nameAlone(text);
    if (!name)
        return name.error();
    packet.data = *std::move(name);
    return {};
}

/** Without the white space at its end, which some clients send behind a packet, as a line has one. */
void trimBlanks(QByteArray &text)
{
    qsizetype end = text.size();
    while (end > 0 && json::isBlank(text.at(end - 1)))
        --end;
    if (end < text.size())
        text.truncate(end);
}

bool isReserved(const json::StringToken &name)
{
    return std::ranges::any_of(ReservedEvents, [&name](QLatin1StringView reserved) {
        return name.escaped ? name.decoded() == reserved
                            : name.is(QByteArrayView(reserved.data(), reserved.size()));
    });
}

Result<void> checkEvent(const JsonData &data)
{
    if (!data.isArray())
        return violation(QStringLiteral("The payload of an EVENT must be an array"));
    const QByteArray text = data.text();
    json::Cursor cursor(text);
    cursor.enterArray();
    if (cursor.type() == json::Cursor::Type::Double)
        return {};
    const std::optional<json::StringToken> name = cursor.string();
    if (!name)
        return violation(QStringLiteral("The payload of an EVENT must begin with the event's name"));
    if (isReserved(*name))
        return violation(QStringLiteral("The event name %1 is reserved").arg(name->decoded()));
    return {};
}

Result<void> checkPayload(PacketType type, const JsonData &data)
{
    switch (type) {
    case PacketType::Connect:
        if (!data.isUndefined() && !data.isObject())
            return violation(QStringLiteral("The payload of a CONNECT must be an object"));
        return {};
    case PacketType::Disconnect:
        if (!data.isUndefined())
            return violation(QStringLiteral("A DISCONNECT must have no payload"));
        return {};
    case PacketType::ConnectError:
        if (!data.isUndefined() && !data.isObject() && !data.isString())
            return violation(QStringLiteral("The payload of a CONNECT_ERROR must be an object or a string"));
        return {};
    case PacketType::Event:
    case PacketType::BinaryEvent:
        return checkEvent(data);
    case PacketType::Ack:
    case PacketType::BinaryAck:
        if (!data.isUndefined() && !data.isArray())
            return violation(QStringLiteral("The payload of an ACK must be an array"));
        return {};
    }
    return violation(QStringLiteral("Unknown Socket.IO packet type"));
}

/** Cheap and never wrong on the safe side: false only when \a json cannot hold a placeholder, however
 * spelled. */
bool mayHoldPlaceholder(QByteArrayView json)
{
    // Their first characters are rare, which makes this a memchr; QByteArrayView::contains() costs ten times
    // as much.
    const std::string_view text(json.data(), static_cast<size_t>(json.size()));
    return text.find("_placeholder") != std::string_view::npos || text.find("\\u") != std::string_view::npos;
}

bool allFit(const QJsonValue &value, int count)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::all_of(array.begin(), array.end(),
                           [count](const QJsonValue &item) { return allFit(item, count); });
    }
    if (!value.isObject())
        return true;
    const QJsonObject object = value.toObject();
    const QJsonValue mark = object.value(u"_placeholder");
    if (mark.isBool() && mark.toBool()) {
        const double num = object.value(u"num").toDouble(-1);
        return num >= 0 && num < count && num == static_cast<int>(num);
    }
    return std::all_of(object.begin(), object.end(),
                       [count](const QJsonValue &member) { return allFit(member, count); });
}

} // namespace

bool placeholdersFit(const JsonData &data, int count)
{
    return (!data.ownText().isNull() && !mayHoldPlaceholder(data.ownText())) || allFit(data.value(), count);
}

Decoder::Decoder(int maxAttachments, int maxDepth)
    : m_maxAttachments(std::max(0, maxAttachments))
    , m_maxDepth(maxDepth)
{ }

Result<std::optional<Packet>> Decoder::text(QByteArray message)
{
    if (m_pending)
        return violation(QStringLiteral("Expected %1 more binary attachments, got text").arg(m_due));
    trimBlanks(message);
    if (message.isEmpty())
        return violation(QStringLiteral("A Socket.IO packet must have a type, this one is empty"));
    if (message.at(0) < static_cast<char>(PacketType::Connect)
        || message.at(0) > static_cast<char>(PacketType::BinaryAck))
        return violation(QStringLiteral("Unknown Socket.IO packet type, expected 0 to 6"));

    Packet packet{.type = static_cast<PacketType>(message.at(0))};
    QByteArrayView rest = QByteArrayView(message).sliced(1);
    int count = 0;
    if (packet.type == PacketType::BinaryEvent || packet.type == PacketType::BinaryAck) {
        const auto number = takeNumber(rest);
        if (!number)
            return number.error();
        if (!*number || !rest.startsWith('-') || **number == 0)
            return violation(
                QStringLiteral("A binary packet must begin with its number of attachments and a dash"));
        if (**number > static_cast<quint64>(m_maxAttachments))
            return violation(
                QStringLiteral("Too many attachments, expected at most %1").arg(m_maxAttachments));
        count = static_cast<int>(**number);
        rest = rest.sliced(1);
    }
    packet.nsp = takeNamespace(rest);
    const auto id = takeNumber(rest);
    if (!id)
        return id.error();
    packet.id = *id;
    if (!rest.isEmpty()) {
        message.remove(0, message.size() - rest.size()); // Where it is not shared, nothing moves.
        if (const Result<void> taken = takePayload(packet, std::move(message), m_maxDepth); !taken)
            return taken.error();
    }
    if (const Result<void> checked = checkPayload(packet.type, packet.data); !checked)
        return checked.error();
    // Without attachments it is data like any other, as the reference has it.
    if (count == 0)
        return std::optional<Packet>(std::move(packet));
    if (!placeholdersFit(packet.data, count))
        return violation(
            QStringLiteral("A placeholder must name one of the packet's %1 attachments").arg(count));
    m_pending = std::make_unique<Packet>(std::move(packet));
    m_due = count;
    return std::optional<Packet>();
}

Result<std::optional<Packet>> Decoder::binary(const QByteArray &attachment)
{
    if (!m_pending)
        return violation(QStringLiteral("Got a binary attachment without a packet that announces it"));
    m_pending->attachments.append(attachment);
    if (--m_due > 0)
        return std::optional<Packet>();
    const std::unique_ptr<Packet> complete = std::move(m_pending);
    return std::optional<Packet>(std::move(*complete));
}

} // namespace dialogue::socketio
