#include "bench/load/natsreader.h"

#include <charconv>

namespace dialogue::bench {

namespace {

constexpr std::string_view LineEnd = "\r\n";
constexpr std::size_t MaxLine = 64U << 10;
constexpr std::size_t MaxPayload = 16U << 20;

/** The last word of `MSG subject sid [reply] size`. */
std::optional<std::size_t> payloadSize(std::string_view line)
{
    const std::string_view word = line.substr(line.rfind(' ') + 1);
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), size);
    if (error != std::errc() || end != word.data() + word.size() || size > MaxPayload)
        return std::nullopt;
    return size;
}

NatsAnswer readMessage(std::string_view bytes, std::string_view line)
{
    const auto size = payloadSize(line);
    if (!size)
        return {.state = NatsAnswer::Malformed};
    const std::size_t begin = line.size() + LineEnd.size();
    const std::size_t whole = begin + *size + LineEnd.size();
    if (bytes.size() < whole)
        return {};
    if (bytes.substr(begin + *size, LineEnd.size()) != LineEnd)
        return {.state = NatsAnswer::Malformed};
    return {.state = NatsAnswer::Complete,
            .item = {.kind = NatsItem::Message, .text = bytes.substr(begin, *size), .size = whole}};
}

std::optional<NatsItem::Kind> kindOf(std::string_view line)
{
    if (line.starts_with("INFO"))
        return NatsItem::Info;
    if (line == "PING")
        return NatsItem::Ping;
    if (line == "PONG")
        return NatsItem::Pong;
    if (line == "+OK")
        return NatsItem::Ok;
    if (line.starts_with("-ERR"))
        return NatsItem::Error;
    return std::nullopt;
}

} // namespace

NatsAnswer readNatsItem(std::string_view bytes)
{
    const std::size_t end = bytes.substr(0, MaxLine).find(LineEnd);
    if (end == std::string_view::npos)
        return {.state = bytes.size() < MaxLine ? NatsAnswer::NeedMore : NatsAnswer::Malformed};
    const std::string_view line = bytes.substr(0, end);
    if (line.starts_with("MSG "))
        return readMessage(bytes, line);
    const auto kind = kindOf(line);
    if (!kind)
        return {.state = NatsAnswer::Malformed};
    return {.state = NatsAnswer::Complete,
            .item = {.kind = *kind, .text = line, .size = line.size() + LineEnd.size()}};
}

} // namespace dialogue::bench
