#pragma once

#include "core/protocol/websocket/opcode.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/** WebSocket frames as a client writes and reads them (RFC 6455, section 5). Pure functions over bytes. */
namespace dialogue::bench {

using Opcode = WebSocketOpcode;

/** Appends a masked frame with \a payload; \a mask is the masking key in the order of its bytes. */
void appendClientFrame(std::string &out, Opcode opcode, std::string_view payload, std::uint32_t mask);

/** One frame of a server, looked at where it lies. */
struct ServerFrame
{
    enum State { Complete, NeedMore, Malformed };

    State state = NeedMore;
    bool isFinal = false;
    Opcode opcode = Opcode::Continuation;
    std::string_view payload;
    std::size_t size = 0; ///< Of the whole frame, in bytes; when more is needed, of what is known of it.
};

/** Reads the frame that \a bytes begin with. Masked, reserved and over-long frames are malformed. */
ServerFrame readServerFrame(std::string_view bytes, std::size_t maxPayload);

/**
 * Messages out of a stream of bytes. What came whole is handed on where it lies, without a copy; only what is
 * cut off at the end of a read is kept.
 */
class MessageReader
{
public:
    static constexpr std::size_t MaxMessage = 16U << 20;

    /**
     * Calls \a take(opcode, payload) for each message and control frame. False: the server broke the
     * protocol, or \a take returned false; nothing more can be read.
     */
    template <class Take>
    [[nodiscard]] bool feed(std::string_view bytes, Take &&take)
    {
        if (!m_rest.empty()) {
            m_rest.append(bytes);
            bytes = m_rest;
        }
        std::size_t used = 0;
        const bool good = readAll(bytes, used, take);
        if (m_rest.empty())
            m_rest.assign(bytes.substr(used));
        else
            m_rest.erase(0, used);
        if (m_rest.empty() && m_rest.capacity() > KeptCapacity)
            m_rest = {};
        return good;
    }

private:
    static constexpr std::size_t KeptCapacity = 64U << 10;

    template <class Take>
    bool readAll(std::string_view bytes, std::size_t &used, Take &take)
    {
        while (used < bytes.size()) {
            const ServerFrame frame = readServerFrame(bytes.substr(used), MaxMessage);
            if (frame.state != ServerFrame::Complete)
                return frame.state == ServerFrame::NeedMore;
            used += frame.size;
            if (frame.opcode >= Opcode::Close || (frame.isFinal && !m_fragmented)) {
                if (frame.opcode == Opcode::Continuation || !take(frame.opcode, frame.payload))
                    return false;
                continue;
            }
            if (!addFragment(frame))
                return false;
            if (frame.isFinal) {
                const std::string message = std::move(m_fragments);
                const Opcode opcode = *m_fragmented;
                m_fragments.clear();
                m_fragmented.reset();
                if (!take(opcode, std::string_view(message)))
                    return false;
            }
        }
        return true;
    }
    bool addFragment(const ServerFrame &frame);

    std::string m_rest;
    std::string m_fragments;
    std::optional<Opcode> m_fragmented;
};

} // namespace dialogue::bench
