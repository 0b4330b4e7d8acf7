#include "client/connection/requesttable.h"

#include "core/protocol/dialogue/names.h"

#include <algorithm>

namespace dialogue::client {

namespace names = protocol::names;

namespace {

/** An application that asks more at once does not look at the answers. */
constexpr std::size_t MaxRequests = 10000;

bool isAnsweredBy(const RequestTable::Entry &entry, const QString &name, const QJsonObject &reply)
{
    const Request &request = entry.request;
    return entry.sent && request.replyEvent == name && (!request.isReply || request.isReply(reply));
}

bool fits(const Request &request, const QByteArray &code)
{
    if (code == "ROOM_FULL" || code == "JOIN_DENIED")
        return request.event == names::join;
    if (code == "ROOM_EXISTS")
        return request.event == names::createRoom;
    if (code == "ROOM_NOT_FOUND")
        return request.event == names::join || request.event == names::deleteRoom;
    if (code == "PERMISSION_DENIED")
        return request.event == names::createRoom || request.event == names::deleteRoom;
    return false;
}

} // namespace

std::optional<RequestTable::Id> RequestTable::add(Request request)
{
    if (m_entries.size() >= MaxRequests)
        return std::nullopt;
    m_entries.push_back({.id = ++m_lastId, .request = std::move(request)});
    return m_lastId;
}

const RequestTable::Entry *RequestTable::send(const std::function<bool(const QString &roomId)> &isInside)
{
    const auto found = std::ranges::find_if(m_entries, [&](const Entry &entry) {
        return !entry.sent && (!entry.request.fromInside || isInside(entry.request.roomId));
    });
    if (found == m_entries.end())
        return nullptr;
    found->sent = true;
    return &*found;
}

template <class Predicate>
std::optional<Request> RequestTable::takeFirst(Predicate wanted)
{
    const auto found = std::ranges::find_if(m_entries, wanted);
    if (found == m_entries.end())
        return std::nullopt;
    Request request = std::move(found->request);
    m_entries.erase(found);
    return request;
}

template <class Predicate>
std::list<Request> RequestTable::takeIf(Predicate wanted)
{
    std::list<Request> taken;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const auto current = entry++;
        if (wanted(*current)) {
            taken.push_back(std::move(current->request));
            m_entries.erase(current);
        }
    }
    return taken;
}

std::optional<Request> RequestTable::take(Id id)
{
    return takeFirst([id](const Entry &entry) { return entry.id == id; });
}

std::optional<Request> RequestTable::takeAnswered(const QString &name, const QJsonValue &payload)
{
    const QJsonObject reply = payload.toObject();
    return takeFirst([&](const Entry &entry) { return isAnsweredBy(entry, name, reply); });
}

const Request *RequestTable::hear(const QString &name, const QJsonValue &payload)
{
    const QJsonObject reply = payload.toObject();
    const auto found = std::ranges::find_if(
        m_entries, [&](const Entry &entry) { return !entry.heard && isAnsweredBy(entry, name, reply); });
    if (found == m_entries.end())
        return nullptr;
    found->heard = true;
    return &found->request;
}

std::optional<Request> RequestTable::takeFailed(const protocol::ErrorPayload &error)
{
    return takeFirst([&](const Entry &entry) {
        const bool here = !error.roomId.isEmpty() && entry.request.roomId == error.roomId;
        return entry.sent && (here || (error.roomId.isEmpty() && fits(entry.request, error.code)));
    });
}

void RequestTable::restartClocks(QDeadlineTimer deadline)
{
    for (Entry &entry : m_entries)
        entry.request.deadline = deadline;
}

std::list<Request> RequestTable::connectionLost()
{
    std::list<Request> lost
        = takeIf([](const Entry &entry) { return entry.sent && !entry.request.repeatable; });
    for (Entry &entry : m_entries) {
        entry.sent = false;
        entry.heard = false;
    }
    return lost;
}

std::list<Request> RequestTable::takeOverdue()
{
    return takeIf([](const Entry &entry) { return entry.request.deadline.hasExpired(); });
}

std::list<Request> RequestTable::takeRoom(const QString &roomId)
{
    return takeIf(
        [&](const Entry &entry) { return entry.request.fromInside && entry.request.roomId == roomId; });
}

std::list<Request> RequestTable::takeAll()
{
    return takeIf([](const Entry &) { return true; });
}

bool RequestTable::hasSent() const { return std::ranges::any_of(m_entries, &Entry::sent); }

bool RequestTable::allSentArePlain() const
{
    return hasSent() && std::ranges::all_of(m_entries, [](const Entry &entry) {
               return entry.request.plain || !entry.sent;
           });
}

QDeadlineTimer RequestTable::nextDeadline() const
{
    // All wait equally long, for the connection or for the answer, so the oldest is the first.
    return m_entries.empty() ? QDeadlineTimer(QDeadlineTimer::Forever) : m_entries.front().request.deadline;
}

} // namespace dialogue::client
