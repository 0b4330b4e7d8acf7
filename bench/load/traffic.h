#pragma once

#include "bench/load/histogram.h"
#include "bench/load/member.h"
#include "bench/load/options.h"
#include "bench/load/pacer.h"

#include <optional>
#include <vector>

namespace dialogue::bench {

/** What the traffic came to. */
struct TrafficCounts
{
    // From measure() on.
    std::uint64_t sent = 0;
    std::uint64_t delivered = 0; ///< Events received by anybody.
    std::uint64_t unsent = 0; ///< Not even queued: the server did not read.
    // From the beginning.
    std::uint64_t refused = 0; ///< dialogue:error answers.
    std::uint64_t broken = 0; ///< Connections lost, the stalled ones apart.
    std::uint64_t stalledLost = 0; ///< Stalled subscribers that the server closed.
    std::string firstRefusal;
    std::string firstBreak;
};

/** Sends the events of all streams and takes account of what arrives. */
class Traffic final : public MemberListener
{
public:
    Traffic(const LoadOptions &options, std::uint32_t run, std::vector<Member *> publishers);

    void addListeners(int room, int count) { m_rooms[static_cast<std::size_t>(room)].listeners += count; }

    void start(std::int64_t now);
    void pump(std::int64_t now); ///< Sends what is to be sent now.
    void measure(std::int64_t now); ///< The warm-up is over ...
    void countFor(Member &subscriber) const; ///< ... for each subscriber too.
    void stop(); ///< Nothing more is sent.
    [[nodiscard]] std::int64_t nextDue(std::int64_t now) const;
    [[nodiscard]] bool hasAllArrived() const;

    [[nodiscard]] const TrafficCounts &counts() const { return m_counts; }
    [[nodiscard]] const Histogram &latency() const { return m_latency; }
    /** Of the measured events, how many did not come to \a subscriber. Once stopped. */
    [[nodiscard]] std::uint64_t lostBy(Member &subscriber) const;

    void onReady(Member &) override { }
    void onDelivery(Member &member, std::string_view json) override;
    void onRefused(Member &member, const std::string &text) override;
    void onLost(Member &member, const std::string &reason, bool wasRefused) override;

private:
    struct Stream
    {
        int room = 0;
        Member *publisher = nullptr;
        std::uint64_t sent = 0;
        std::uint64_t measuredFrom = 0;
        std::int64_t onTheirWay = 0; ///< Deliveries, not events; without those that were given up ...
        std::uint64_t givenUpTo = 0; ///< ... which are those of the events before this one.
        std::int64_t missing = 0; ///< Deliveries that have not come, given up or not.
        bool isWaiting = false; ///< In m_waiting.
    };
    struct Room
    {
        std::string name;
        std::int64_t listeners = 0;
    };

    bool send(Stream &stream, std::int64_t due); ///< False when too much waits to be sent.
    void sendDue(std::int64_t now);
    void sendWindows(std::int64_t now);
    void releaseWhenStuck(std::int64_t now);
    [[nodiscard]] bool hasWindow(const Stream &stream) const;
    /** The stream whose events a subscriber counts at \a index. */
    [[nodiscard]] const Stream &streamOf(const Member &subscriber, std::size_t index) const;

    const LoadOptions &m_options;
    const std::uint32_t m_run;
    std::vector<Stream> m_streams;
    std::vector<Room> m_rooms;
    std::vector<std::size_t> m_waiting; ///< Streams that may have room in their window.
    std::vector<Member *> m_toFlush;
    std::optional<Pacer> m_pacer;
    std::size_t m_nextStream = 0;
    std::string m_text;
    TrafficCounts m_counts;
    Histogram m_latency;
    bool m_sends = false;
    std::int64_t m_measuredFrom = 0;
    std::uint64_t m_progressSeen = 0;
    std::int64_t m_progressAt = 0;
};

} // namespace dialogue::bench
