#include "bench/load/roommaker.h"

#include "bench/load/clock.h"
#include "bench/load/wire.h"

namespace dialogue::bench {

namespace {

constexpr std::int64_t RoomPatience = 10 * Second;
constexpr std::int64_t DeletingPatience = 2 * Second;

} // namespace

RoomMaker::RoomMaker(Poller &poller, const Endpoint &endpoint, std::vector<std::string> rooms)
    : m_poller(poller)
    , m_connection(poller, endpoint, *this)
    , m_rooms(std::move(rooms))
{ }

std::optional<Failure> RoomMaker::make(const std::function<bool()> &isStopped)
{
    m_connection.open();
    std::size_t atBefore = m_at;
    std::int64_t movedAt = clockNow();
    while (m_at < m_rooms.size() && !m_failure && !isStopped()) {
        m_poller.turn(clockNow() + Second / 10);
        if (m_at != atBefore)
            movedAt = clockNow();
        atBefore = m_at;
        if (clockNow() - movedAt > RoomPatience)
            m_failure = Failure{ExitNoConnection, "the server did not answer within 10 s"};
    }
    return m_failure;
}

void RoomMaker::deleteMade()
{
    m_deletes = true;
    for (const std::string &room : m_made)
        m_connection.sendEvent(wire::request("deleteRoom", room));
    const std::int64_t begun = clockNow();
    while (m_deleted < m_made.size() && !m_isGone && clockNow() - begun < DeletingPatience)
        m_poller.turn(begun + DeletingPatience);
}

void RoomMaker::joinNext()
{
    if (m_at < m_rooms.size())
        m_connection.sendEvent(wire::request("join", m_rooms[m_at]));
}

void RoomMaker::onEvent(std::string_view json)
{
    if (m_deletes) {
        if (wire::isEvent(json, "dialogue:roomDeleted") || wire::isEvent(json, "dialogue:error"))
            ++m_deleted;
    } else if (m_at < m_rooms.size() && wire::isEvent(json, "dialogue:joined")) {
        m_creates = false;
        m_connection.sendEvent(wire::request("leave", m_rooms[m_at]));
        ++m_at;
        joinNext();
    } else if (m_creates && wire::isEvent(json, "dialogue:roomCreated") && wire::names(json, m_rooms[m_at])) {
        m_made.push_back(m_rooms[m_at]);
        joinNext();
    } else if (wire::isEvent(json, "dialogue:error")) {
        onError(json);
    }
}

void RoomMaker::onError(std::string_view json)
{
    const wire::Refusal refusal = wire::refusal(json);
    if (m_at >= m_rooms.size())
        return;
    if (refusal.code == "ROOM_NOT_FOUND" && !m_creates) {
        m_creates = true;
        m_connection.sendEvent(wire::createRoom(m_rooms[m_at]));
        return;
    }
    std::string text = "room '" + m_rooms[m_at] + "': " + refusal.text;
    if (m_creates)
        text += " (it does not exist, and the server does not let us create it)";
    m_failure = Failure{ExitRefused, text};
}

void RoomMaker::onClosed(const std::string &reason, bool wasRefused)
{
    m_isGone = true;
    m_failure = Failure{wasRefused ? ExitRefused : ExitNoConnection, reason};
}

} // namespace dialogue::bench
