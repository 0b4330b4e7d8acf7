#pragma once

#include "bench/load/connection.h"
#include "bench/load/sequence.h"

#include <vector>

namespace dialogue::bench {

class Member;

/** Who looks after the members: first the ramp, then the traffic. */
class MemberListener
{
public:
    virtual void onReady(Member &member) = 0; ///< It is where it belongs.
    virtual void onDelivery(Member &member, std::string_view json) = 0; ///< A dialogue:event.
    virtual void onRefused(Member &member, const std::string &text) = 0; ///< A dialogue:error.
    /** Its connection is gone. */
    virtual void onLost(Member &member, const std::string &reason, bool wasRefused) = 0;

protected:
    ~MemberListener() = default;
};

/** One client of the run: a connection and what it is there for. */
class Member final : public Connection::Owner
{
public:
    enum class Role { Idle, Subscriber, Stalled, Publisher };

    struct Part
    {
        Role role = Role::Idle;
        std::vector<std::string> rooms = {};
        std::string event = {};
        Asked asked = {};
        int room = 0; ///< Index of a subscriber's room.
        std::size_t streams = 0; ///< That come to a subscriber.
    };

    Member(Poller &poller, const Endpoint &endpoint, Part part, MemberListener &listener);

    void setListener(MemberListener &listener) { m_listener = &listener; }
    void open() { m_connection.open(); }
    void close() { m_connection.close(); }
    [[nodiscard]] Connection &connection() { return m_connection; }
    [[nodiscard]] Role role() const { return m_part.role; }
    [[nodiscard]] int room() const { return m_part.room; }
    [[nodiscard]] bool isReady() const { return m_ready; }
    /** By a stream's index in the room. */
    [[nodiscard]] std::vector<Sequence> &sequences() { return m_sequences; }

    void onConnected() override;
    void onEvent(std::string_view json) override;
    void onAck() override;
    void onClosed(const std::string &reason, bool wasRefused) override;

private:
    void beginNats();
    void arrive();

    Part m_part;
    MemberListener *m_listener;
    Connection m_connection;
    std::vector<Sequence> m_sequences;
    std::size_t m_joined = 0;
    bool m_ready = false;
};

} // namespace dialogue::bench
