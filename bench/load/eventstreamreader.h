#pragma once

#include <string>
#include <string_view>

namespace dialogue::bench {

/** One block of a stream, looked at where it lies: of its fields those that a run asks about. */
struct StreamEvent
{
    std::string_view name; ///< Of `event:`; empty where it says none.
    std::string_view data; ///< Of `data:`, of which servers here write one line.
};

/** Reads one block without the empty line at its end. */
StreamEvent readStreamEvent(std::string_view block);

/** Server-sent events (HTML, section 9.2.6) out of a stream of bytes, with lines that end with LF. */
class EventStreamReader
{
public:
    static constexpr std::size_t MaxBlock = 16U << 20;

    /** Calls \a take(StreamEvent) for each block, those without data too. False: one is too long, or \a take
     * returned false; nothing more can be read. */
    template <class Take>
    [[nodiscard]] bool feed(std::string_view bytes, Take &&take)
    {
        if (!m_rest.empty()) {
            m_rest.append(bytes);
            bytes = m_rest;
        }
        std::size_t used = 0;
        for (std::size_t end = 0; (end = bytes.find(BlockEnd, used)) != std::string_view::npos;) {
            const StreamEvent event = readStreamEvent(bytes.substr(used, end - used));
            used = end + BlockEnd.size();
            if (!take(event))
                return false;
        }
        if (m_rest.empty())
            m_rest.assign(bytes.substr(used));
        else
            m_rest.erase(0, used);
        return m_rest.size() <= MaxBlock;
    }

private:
    static constexpr std::string_view BlockEnd = "\n\n";

    std::string m_rest;
};

} // namespace dialogue::bench
