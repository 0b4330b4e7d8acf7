#include "bench/load/upgrade.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace dialogue::bench {

namespace {

constexpr std::string_view HeadEnd = "\r\n\r\n";

std::string acceptFor(std::string_view key)
{
    QByteArray text(key.data(), static_cast<qsizetype>(key.size()));
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64().toStdString();
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return a.size() == b.size()
        && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string_view headerValue(std::string_view head, std::string_view name)
{
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && equalsIgnoringCase(line.substr(0, colon), name))
            return trimmed(line.substr(colon + 1));
    }
    return {};
}

/** For people: without control characters, and not a whole page of HTML. */
std::string shownText(std::string_view text)
{
    std::string shown(text.substr(0, 200));
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
        ' ');
    return shown;
}

UpgradeResponse refused(std::string problem) { return {UpgradeResponse::Refused, 0, std::move(problem)}; }

std::string hostOf(const Target &target)
{
    const bool isIpv6 = target.host.find(':') != std::string::npos;
    return (isIpv6 ? '[' + target.host + ']' : target.host) + ':' + std::to_string(target.port);
}

/** Accepted: it is all there and says \a status, " 101"; \a headers are what follows that line. */
UpgradeResponse readHead(std::string_view bytes, std::string_view status, std::string_view &headers)
{
    constexpr std::string_view start = "HTTP/1.";
    if (bytes.substr(0, start.size()) != start.substr(0, std::min(start.size(), bytes.size())))
        return refused("the answer is not HTTP");
    const std::size_t headEnd = bytes.find(HeadEnd);
    if (headEnd == std::string_view::npos) {
        if (bytes.size() > MaxResponseHead)
            return refused("the head of the answer is longer than 16 KiB");
        return {};
    }
    const std::string_view head = bytes.substr(0, headEnd);
    const std::size_t lineEnd = std::min(head.find("\r\n"), head.size());
    const std::string_view statusLine = head.substr(0, lineEnd);
    const std::string_view body = bytes.substr(headEnd + HeadEnd.size());
    if (statusLine.size() < 12 || statusLine.substr(8, 4) != status) {
        std::string problem = shownText(statusLine);
        if (!body.empty())
            problem += ": " + shownText(body);
        return refused(std::move(problem));
    }
    headers = head.substr(std::min(lineEnd + 2, head.size()));
    return {UpgradeResponse::Accepted, headEnd + HeadEnd.size(), {}};
}

} // namespace

std::string handshakeKey()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::global()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toBase64().toStdString();
}

std::string upgradeRequest(const Target &target, std::string_view key, std::string_view room)
{
    std::string request = "GET " + target.path;
    request.append(room).append(target.query).append(" HTTP/1.1\r\nHost: ");
    request += hostOf(target);
    request += "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
               "13\r\nSec-WebSocket-Key: ";
    request += key;
    request += HeadEnd;
    return request;
}

UpgradeResponse readUpgradeResponse(std::string_view bytes, std::string_view key)
{
    std::string_view headers;
    UpgradeResponse response = readHead(bytes, " 101", headers);
    if (response.state != UpgradeResponse::Accepted)
        return response;
    if (!equalsIgnoringCase(headerValue(headers, "Upgrade"), "websocket"))
        return refused("the answer is 101 but not to a WebSocket");
    if (headerValue(headers, "Sec-WebSocket-Accept") != acceptFor(key))
        return refused("Sec-WebSocket-Accept does not fit the key that was sent");
    return response;
}

std::string streamRequest(const Target &target, std::string_view path)
{
    std::string request = "GET ";
    request.append(path).append(" HTTP/1.0\r\nHost: ").append(hostOf(target));
    request.append("\r\nAccept: text/event-stream").append(HeadEnd);
    return request;
}

UpgradeResponse readStreamResponse(std::string_view bytes)
{
    std::string_view headers;
    UpgradeResponse response = readHead(bytes, " 200", headers);
    if (response.state != UpgradeResponse::Accepted)
        return response;
    constexpr std::string_view type = "text/event-stream";
    if (!equalsIgnoringCase(headerValue(headers, "Content-Type").substr(0, type.size()), type))
        return refused("the answer is 200 but not a stream of events");
    return response;
}

} // namespace dialogue::bench
