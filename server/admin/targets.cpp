#include "server/admin/targets.h"

#include "server/admin/rows.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

/** Of one turn of the hub, beside which others have theirs. */
constexpr int SeenInAStep = 128;

} // namespace

/** What looking for rooms and for clients has in common. */
class Targets::Search : public SlicedWork::Task
{
public:
    Search(Targets &targets, Account account, Wanted wanted, Told told)
        : m_targets(targets)
        , m_parts(targets.m_parts)
        , m_salt(targets.m_salt)
        , m_account(std::move(account))
        , m_wanted(std::move(wanted))
        , m_told(std::move(told))
    { }

    int step() override
    {
        if (m_isOver)
            return 0;
        const int visited = visit();
        if (visited == SeenInAStep)
            return visited;
        m_isOver = true;
        m_told(m_found);
        return visited + 1;
    }

protected:
    /** SeenInAStep of those that are left; fewer: these were the last. */
    virtual int visit() = 0;

    template <class Row>
    void add(const QString &id, Row row)
    {
        ++m_found.count;
        m_found.reached += m_wanted.reach ? m_wanted.reach(id) : 1;
        if (m_found.ids.size() < m_wanted.most)
            m_found.ids.append(id);
        if (m_found.first.size() < FirstShown)
            m_found.first.append(row());
    }

    const Targets &m_targets;
    HubParts &m_parts;
    const QByteArray &m_salt;
    const Account m_account;
    const Wanted m_wanted;

private:
    const Told m_told;
    Found m_found;
    bool m_isOver = false;
};

class Targets::RoomSearch final : public Search
{
public:
    using Search::Search;

protected:
    int visit() override
    {
        int visited = 0;
        m_parts.rooms.index().forEachAfter(m_last, [&](const Room &room) {
            m_last = RoomPrivate::of(room).id;
            if (isWanted(m_account, m_wanted, room))
                add(m_last, [&room] { return rowOf(room); });
            return ++visited < SeenInAStep;
        });
        return visited;
    }

private:
    QString m_last;
};

class Targets::ClientSearch final : public Search
{
public:
    ClientSearch(Targets &targets, const Account &account, const Wanted &wanted, const Told &told)
        : Search(targets, account, wanted, told)
    {
        // Their numbers alone: who comes until all are visited is none of those that were meant.
        if (const Room *const room = m_parts.rooms.find(wanted.room)) {
            const QList<ConnectedClient *> all = room->participants();
            for (const ConnectedClient *const client : all)
                m_sockets.push_back(ConnectedClientPrivate::of(*client).socket);
            return;
        }
        m_sockets.reserve(std::size_t(m_parts.clients.count()));
        m_parts.clients.forEach([this](const ConnectedClient &client) {
            m_sockets.push_back(ConnectedClientPrivate::of(client).socket);
        });
    }

protected:
    int visit() override
    {
        int visited = 0;
        for (; m_next < m_sockets.size() && visited < SeenInAStep; ++visited) {
            const ConnectedClient *const client = m_parts.clients.find(m_sockets[m_next++]);
            if (client && m_targets.isWanted(m_account, m_wanted, *client))
                add(client->id(), [&] { return rowOf(*client, m_account, m_salt); });
        }
        return visited;
    }

private:
    std::vector<SocketId> m_sockets;
    std::size_t m_next = 0;
};

Targets::Targets(HubParts &parts, QByteArray salt)
    : m_parts(parts)
    , m_salt(std::move(salt))
    , m_work(parts.rooms.services().slotExceptions)
{ }

bool Targets::isWanted(const Account &account, const Wanted &wanted, const Room &room)
{
    return account.reaches(RoomPrivate::of(room).id) && wanted.filter.wants(room);
}

bool Targets::isWanted(const Account &account, const Wanted &wanted, const ConnectedClient &client) const
{
    if (!wanted.room.isEmpty()) {
        const Room *const room = m_parts.rooms.find(wanted.room);
        if (!room || !room->contains(&client))
            return false;
    }
    return isWithin(client, account) && wanted.filter.wants(client, account, m_salt);
}

bool Targets::isStillWanted(const Account &account, const Wanted &wanted, const QString &id) const
{
    if (wanted.areRooms) {
        const Room *const room = m_parts.rooms.find(id);
        return room && isWanted(account, wanted, *room);
    }
    const ConnectedClient *const client = m_parts.clients.findById(id);
    return client && isWanted(account, wanted, *client);
}

Result<void> Targets::find(const Account &account, const Wanted &wanted, const Told &told)
{
    if (!wanted.room.isEmpty() && (!account.reaches(wanted.room) || !m_parts.rooms.find(wanted.room)))
        return Error{ErrorCode::RoomNotFound, u"There is no room '%1'"_s.arg(wanted.room), u"room"_s};
    if (m_work.counters().pending >= MostAtOnce)
        return Error{
            ErrorCode::Unavailable, u"Too many filters are being looked for"_s, {}, std::chrono::seconds(1)};
    if (wanted.areRooms)
        m_work.add(std::make_unique<RoomSearch>(*this, account, wanted, told));
    else
        m_work.add(std::make_unique<ClientSearch>(*this, account, wanted, told));
    return {};
}

} // namespace dialogue::admin
