#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/** What a NATS server says to a client (docs.nats.io, client protocol). Pure functions over bytes. */
namespace dialogue::bench {

/** One item of the stream, looked at where it lies. */
struct NatsItem
{
    enum Kind { Info, Ping, Pong, Ok, Message, Error };

    Kind kind = Ok;
    std::string_view text; ///< The payload of a message, the words of an error.
    std::size_t size = 0; ///< Of the whole item, in bytes.
};

struct NatsAnswer
{
    enum State { Complete, NeedMore, Malformed };

    State state = NeedMore;
    NatsItem item = {};
};

/** Reads the item that \a bytes begin with. Lines over 64 KiB and payloads over 16 MiB are malformed. */
NatsAnswer readNatsItem(std::string_view bytes);

/** Items out of a stream of bytes; an item may be spread over WebSocket messages, and they hold several. */
class NatsReader
{
public:
    /** Calls \a take(item) for each item. False: the server broke the protocol, or \a take returned false. */
    template <class Take>
    [[nodiscard]] bool feed(std::string_view bytes, Take &&take)
    {
        if (!m_rest.empty()) {
            m_rest.append(bytes);
            bytes = m_rest;
        }
        bool good = true;
        std::size_t used = 0;
        while (good && used < bytes.size()) {
            const NatsAnswer answer = readNatsItem(bytes.substr(used));
            if (answer.state == NatsAnswer::NeedMore)
                break;
            good = answer.state == NatsAnswer::Complete && take(answer.item);
            used += answer.item.size;
        }
        if (m_rest.empty())
            m_rest.assign(bytes.substr(used));
        else
            m_rest.erase(0, used);
        return good;
    }

private:
    std::string m_rest; ///< Of an item that is cut off.
};

} // namespace dialogue::bench
