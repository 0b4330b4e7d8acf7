#include "server/admin/lists.h"

#include "core/base/nearest.h"
#include "core/filter/parser.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/requests.h"
#include "server/admin/redaction.h"
#include "server/admin/rowfilter.h"
#include "server/admin/rows.h"
#include "server/admin/sanctionlist.h"
#include "server/admin/sortedpage.h"
#include "server/bridge/workergateway.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

/** Of one turn of the hub, beside which others have theirs. */
constexpr int RowsInAStep = 128;

bool holds(const QString &text, const QString &search) { return text.contains(search, Qt::CaseInsensitive); }

} // namespace

Result<SortedPage> pageFor(const Lists::Request &request, const QStringList &sorts)
{
    if (!request.sort.isEmpty() && !sorts.contains(request.sort)) {
        const QString near = nearest(request.sort, sorts);
        return Error{
            ErrorCode::InvalidRequest,
            u"must be one of %1%2"_s.arg(sorts.join(u", "_s),
                                         near.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(near)),
            u"sort"_s};
    }
    std::optional<SortKey> after;
    if (!request.after.isEmpty()) {
        const Result<SortKey> place = keyAt(request.after);
        if (!place)
            return place.error();
        after = *place;
    }
    return SortedPage(std::move(after), request.limit, request.descending);
}

Reply pageReply(const SortedPage &page, const QJsonArray &rows, const std::optional<SortKey> &last)
{
    json::ObjectWriter out;
    out.value("rows"_L1, rows);
    out.number("total"_L1, page.offered());
    if (last)
        out.string("next"_L1, cursorAt(*last));
    return Reply{out.take()};
}

class Lists::RoomList final : public SlicedWork::Task
{
public:
    RoomList(HubParts &parts, Account account, Request request, RowFilter filter, SortedPage page, Done done)
        : m_parts(parts)
        , m_account(std::move(account))
        , m_request(std::move(request))
        , m_filter(std::move(filter))
        , m_page(std::move(page))
        , m_done(std::move(done))
    { }

    int step() override
    {
        if (m_isOver)
            return 0;
        int visited = 0;
        m_parts.rooms.index().forEachAfter(m_last, [&](const Room &room) {
            m_last = RoomPrivate::of(room).id;
            offer(room);
            return ++visited < RowsInAStep;
        });
        if (visited == RowsInAStep)
            return visited;
        m_isOver = true;
        const bool hasMore = m_page.hasMore();
        const std::vector<SortKey> keys = m_page.take();
        QJsonArray rows;
        for (const SortKey &key : keys) {
            if (const Room *const room = m_parts.rooms.find(key.id))
                rows.append(rowOf(*room));
        }
        m_done(pageReply(m_page, rows, hasMore ? std::optional(keys.back()) : std::nullopt));
        return visited + 1;
    }

private:
    void offer(const Room &room)
    {
        const RoomPrivate &inside = RoomPrivate::of(room);
        if (!m_account.reaches(inside.id))
            return;
        if (!m_request.search.isEmpty() && !holds(inside.id, m_request.search)
            && !holds(room.name(), m_request.search))
            return;
        if (!m_filter.wants(room))
            return;
        SortKey key{.id = inside.id};
        if (m_request.sort == u"name")
            key.text = room.name();
        else if (m_request.sort == u"size")
            key.number = double(inside.size());
        else if (m_request.sort == u"offset")
            key.number = double(room.offset());
        else if (m_request.sort == u"keptBytes")
            key.number = double(inside.log().bytes());
        m_page.offer(std::move(key));
    }

    HubParts &m_parts;
    const Account m_account;
    const Request m_request;
    const RowFilter m_filter;
    SortedPage m_page;
    const Done m_done;
    QString m_last;
    bool m_isOver = false;
};

class Lists::ClientList final : public SlicedWork::Task
{
public:
    ClientList(Lists &lists, Account account, Request request, RowFilter filter, SortedPage page, Done done)
        : m_lists(lists)
        , m_parts(lists.m_parts)
        , m_account(std::move(account))
        , m_request(std::move(request))
        , m_filter(std::move(filter))
        , m_page(std::move(page))
        , m_salt(lists.m_salt)
        , m_done(std::move(done))
    {
        // Their numbers alone: who comes and goes until all are visited changes nothing for the others.
        if (const Room *const room = m_parts.rooms.find(m_request.room)) {
            const QList<ConnectedClient *> all = room->participants();
            for (const ConnectedClient *const client : all)
                m_sockets.push_back(ConnectedClientPrivate::of(*client).socket);
        } else if (m_request.room.isEmpty()) {
            m_sockets.reserve(std::size_t(m_parts.clients.count()));
            m_parts.clients.forEach([this](const ConnectedClient &client) {
                m_sockets.push_back(ConnectedClientPrivate::of(client).socket);
            });
        }
    }

    int step() override
    {
        if (m_isOver)
            return 0;
        int visited = 0;
        for (; m_next < m_sockets.size() && visited < RowsInAStep; ++visited) {
            if (const ConnectedClient *const client = m_parts.clients.find(m_sockets[m_next++]))
                offer(*client);
        }
        if (m_next < m_sockets.size())
            return visited;
        m_isOver = true;
        const bool hasMore = m_page.hasMore();
        const std::vector<SortKey> keys = m_page.take();
        std::vector<SocketId> sockets;
        sockets.reserve(keys.size());
        for (const SortKey &key : keys)
            sockets.push_back(key.handle);
        const std::optional<SortKey> last = hasMore ? std::optional(keys.back()) : std::nullopt;
        m_lists.tellClients(
            m_account, std::move(sockets),
            [page = m_page, last, done = m_done](QJsonArray &&rows) { done(pageReply(page, rows, last)); });
        return visited + 1;
    }

private:
    void offer(const ConnectedClient &client)
    {
        if (!isWithin(client, m_account))
            return;
        // Who may not see users may not find them out by searching, nor by where they stand.
        const QString user
            = m_account.may(Permission::SeeUsers) ? client.userId() : pseudonym(client.userId(), m_salt);
        if (!m_request.search.isEmpty() && !holds(client.id(), m_request.search)
            && !holds(user, m_request.search))
            return;
        if (!m_filter.wants(client, m_account, m_salt))
            return;
        const SocketId socket = ConnectedClientPrivate::of(client).socket;
        SortKey key{.id = client.id(), .handle = socket};
        if (m_request.sort == u"userId")
            key.text = user;
        else if (m_request.sort == u"rooms")
            key.number = double(client.rooms().size());
        else if (m_request.sort == u"transport")
            key.text = QString::fromLatin1(client.handshake().transport);
        else if (m_request.sort.isEmpty() || m_request.sort == u"connected")
            key.number = double(socket); // Numbers are given as they come, in each worker.
        m_page.offer(std::move(key));
    }

    Lists &m_lists;
    HubParts &m_parts;
    const Account m_account;
    const Request m_request;
    const RowFilter m_filter;
    SortedPage m_page;
    const QByteArray &m_salt;
    const Done m_done;
    std::vector<SocketId> m_sockets;
    std::size_t m_next = 0;
    bool m_isOver = false;
};

Lists::Lists(HubParts &parts, WorkerGateway &gateway, QByteArray salt)
    : m_parts(parts)
    , m_gateway(gateway)
    , m_salt(std::move(salt))
    , m_work(parts.rooms.services().slotExceptions)
{ }

api::Parameters<Lists::Request> Lists::parameters()
{
    using R = Request;
    return {
        api::parameter({.name = u"what"_s,
                        .doc = u"rooms, clients, leavers, slowest, sanctions, errors or audit."_s,
                        .isRequired = true,
                        .least = 1,
                        .most = 32},
                       &R::what),
        api::parameter({.name = u"search"_s, .doc = u"Stands in it."_s, .most = 255}, &R::search),
        api::parameter({.name = u"where"_s,
                        .doc = u"Of rooms and clients: what this filter wants."_s,
                        .most = filter::MaxText},
                       &R::where),
        api::parameter({.name = u"room"_s,
                        .doc = u"Clients: who is in it; sanctions and errors: there."_s,
                        .most = protocol::MaxNameLength},
                       &R::room),
        api::parameter({.name = u"sort"_s, .doc = u"By what."_s, .most = 32}, &R::sort),
        api::parameter(
            {.name = u"descending"_s, .type = api::ValueType::Flag, .doc = u"The greatest first."_s},
            &R::descending),
        api::parameter({.name = u"after"_s, .doc = u"`next` of the page before."_s, .most = 4096}, &R::after),
        api::parameter({.name = u"limit"_s,
                        .type = api::ValueType::Number,
                        .doc = u"Rows at most."_s,
                        .least = 1,
                        .most = LargestPage},
                       &R::limit),
        api::parameter({.name = u"codes"_s,
                        .type = api::ValueType::TextList,
                        .doc = u"Of errors; left out: all."_s,
                        .least = 0,
                        .most = 64},
                       &R::codes)};
}

Result<void> Lists::mayStart() const
{
    if (m_work.counters().pending < MostAtOnce)
        return {};
    return Error{ErrorCode::Unavailable, u"Too many lists are being made"_s, {}, std::chrono::seconds(1)};
}

void Lists::rooms(const Account &account, const Request &request, const Done &done)
{
    Result<RowFilter> filter = RowFilter::ofRooms(request.where);
    if (!filter)
        return done(filter.error());
    Result<SortedPage> page = pageFor(request, {u"id"_s, u"name"_s, u"size"_s, u"offset"_s, u"keptBytes"_s});
    if (!page)
        return done(page.error());
    if (auto allowed = mayStart(); !allowed)
        return done(allowed.error());
    m_work.add(
        std::make_unique<RoomList>(m_parts, account, request, *std::move(filter), *std::move(page), done));
}

void Lists::clients(const Account &account, const Request &request, const Done &done)
{
    Result<RowFilter> filter = RowFilter::ofClients(request.where);
    if (!filter)
        return done(filter.error());
    Result<SortedPage> page
        = pageFor(request, {u"connected"_s, u"id"_s, u"userId"_s, u"rooms"_s, u"transport"_s});
    if (!page)
        return done(page.error());
    if (!request.room.isEmpty() && (!account.reaches(request.room) || !m_parts.rooms.find(request.room)))
        return done(Error{ErrorCode::RoomNotFound, u"There is no room '%1'"_s.arg(request.room), u"room"_s});
    if (auto allowed = mayStart(); !allowed)
        return done(allowed.error());
    m_work.add(
        std::make_unique<ClientList>(*this, account, request, *std::move(filter), *std::move(page), done));
}

void Lists::sanctions(const Account &account, const Request &request, const Done &done)
{
    auto list = sanctionList(m_parts, account, request, m_salt, done);
    if (!list)
        return done(list.error());
    if (auto allowed = mayStart(); !allowed)
        return done(allowed.error());
    m_work.add(*std::move(list));
}

void Lists::slowest(const Account &account, const Request &request, const Done &done)
{
    m_gateway.inspectSlowest(LargestPage,
                             [this, alive = std::weak_ptr(m_alive), account, limit = request.limit,
                              done](const std::vector<SocketFigures> &figures) {
                                 if (alive.expired())
                                     return;
                                 QJsonArray rows;
                                 for (const SocketFigures &each : figures) {
                                     const ConnectedClient *const client = m_parts.clients.find(each.socket);
                                     if (client && isWithin(*client, account) && rows.size() < limit)
                                         rows.append(withFigures(rowOf(*client, account, m_salt), each));
                                 }
                                 json::ObjectWriter out;
                                 out.value("rows"_L1, rows);
                                 done(Reply{out.take()});
                             });
}

void Lists::tellClients(const Account &account, std::vector<SocketId> &&sockets,
                        const std::function<void(QJsonArray &&rows)> &told)
{
    m_gateway.inspect(sockets,
                      [this, alive = std::weak_ptr(m_alive), account, sockets,
                       told](const std::vector<SocketFigures> &figures) {
                          if (alive.expired())
                              return;
                          QJsonArray rows;
                          for (const SocketId socket : sockets) {
                              const ConnectedClient *const client = m_parts.clients.find(socket);
                              if (!client)
                                  continue;
                              const auto own = std::ranges::find(figures, socket, &SocketFigures::socket);
                              const QJsonObject row = rowOf(*client, account, m_salt);
                              rows.append(own == figures.end() ? row : withFigures(row, *own));
                          }
                          told(std::move(rows));
                      });
}

void Lists::client(const Account &account, const QString &id, const Done &done)
{
    const ConnectedClient *const client = m_parts.clients.findById(id);
    if (!client || !isWithin(*client, account))
        return done(Error{ErrorCode::NotFound, u"There is no client '%1'"_s.arg(id), u"id"_s});
    const SocketId socket = ConnectedClientPrivate::of(*client).socket;
    m_gateway.inspect(
        {socket},
        [this, alive = std::weak_ptr(m_alive), account, socket, id,
         done](const std::vector<SocketFigures> &figures) {
            const ConnectedClient *const still = alive.expired() ? nullptr : m_parts.clients.find(socket);
            if (!still)
                return done(Error{ErrorCode::NotFound, u"There is no client '%1'"_s.arg(id), u"id"_s});
            QJsonObject details = detailsOf(*still, account, m_salt);
            if (!figures.empty())
                details = withFigures(details, figures.front());
            json::ObjectWriter out;
            out.value("client"_L1, details);
            done(Reply{out.take()});
        });
}

} // namespace dialogue::admin
