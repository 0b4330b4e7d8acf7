#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/** How a connection begins: the client's side of the WebSocket handshake (RFC 6455, section 4), or a request
 * for a stream of server-sent events. */
namespace dialogue::bench {

/** Where a server is, taken apart. */
struct Target
{
    std::string host;
    std::uint16_t port = 80;
    bool isTls = false;
    std::string path = "/socket.io/"; ///< Begins and ends with a slash.
    std::string query = "?EIO=4&transport=websocket"; ///< An Engine.IO session over a WebSocket right away.
};

/** A new Sec-WebSocket-Key from 16 random bytes. */
std::string handshakeKey();

/** The request that asks for a WebSocket; \a room goes after the path where rooms are part of it. */
std::string upgradeRequest(const Target &target, std::string_view key, std::string_view room = {});

struct UpgradeResponse
{
    enum State { Accepted, NeedMore, Refused };

    State state = NeedMore;
    std::size_t size = 0; ///< Bytes of the head, when accepted; frames follow.
    std::string problem; ///< When refused: what the server said, or what is wrong with what it said.
};

constexpr std::size_t MaxResponseHead = 16U << 10;

/** Reads the server's answer to the request made with \a key. */
UpgradeResponse readUpgradeResponse(std::string_view bytes, std::string_view key);

/** The request that asks for what is at \a path as server-sent events; by HTTP/1.0, so that no chunks stand
 * between them. */
std::string streamRequest(const Target &target, std::string_view path);

/** Reads the server's answer to it; events follow. */
UpgradeResponse readStreamResponse(std::string_view bytes);

} // namespace dialogue::bench
