#include "bench/load/member.h"

#include "bench/load/wire.h"

namespace dialogue::bench {

Member::Member(Poller &poller, const Endpoint &endpoint, Part part, MemberListener &listener)
    : m_part(std::move(part))
    , m_listener(&listener)
    , m_connection(poller, endpoint, *this, m_part.asked)
    , m_sequences(m_part.streams)
{ }

void Member::onConnected()
{
    if (m_connection.isStream())
        return arrive();
    if (m_connection.wire() == Wire::Nats)
        return beginNats();
    if (m_part.rooms.empty() || m_connection.wire() == Wire::Plain)
        return arrive();
    for (const std::string &room : m_part.rooms)
        m_connection.queueEvent(wire::request("join", room));
    m_connection.flush();
}

void Member::beginNats()
{
    if (m_part.role != Role::Publisher && !m_part.rooms.empty())
        m_connection.queueEvent(wire::natsSubscribe(m_part.rooms.front()));
    m_connection.sendEvent(wire::NatsPing);
}

void Member::onEvent(std::string_view json)
{
    if (m_connection.wire() != Wire::Dialogue || m_connection.isStream()) {
        if (m_ready)
            m_listener->onDelivery(*this, json);
        else
            arrive();
    } else if (wire::isEvent(json, "dialogue:event")) {
        m_listener->onDelivery(*this, json);
    } else if (wire::isEvent(json, "dialogue:error")) {
        m_listener->onRefused(*this, wire::refusal(json).text);
    } else if (!m_ready && wire::isEvent(json, "dialogue:joined") && ++m_joined == m_part.rooms.size()) {
        if (m_part.role != Role::Publisher) {
            m_connection.queueRequest(wire::subscribe(m_part.rooms.front(), m_part.event));
            m_connection.flush();
        }
        if (m_part.role == Role::Publisher || !wire::names(json, "epoch")) // Others acknowledge nothing.
            arrive();
    }
}

// Publishers are other clients, whose first event may be handled before what a subscriber has yet to be told
// of.
void Member::onAck()
{
    if (!m_ready)
        arrive();
}

void Member::arrive()
{
    m_ready = true;
    if (m_part.role == Role::Stalled)
        m_connection.stopReading();
    m_listener->onReady(*this);
}

void Member::onClosed(const std::string &reason, bool wasRefused)
{
    m_ready = false;
    m_listener->onLost(*this, reason, wasRefused);
}

} // namespace dialogue::bench
