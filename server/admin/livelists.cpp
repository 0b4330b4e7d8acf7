#include "server/admin/livelists.h"

#include "core/json/objectwriter.h"
#include "core/protocol/admin/names.h"
#include "server/rooms/hubparts.h"
#include "server/socketio/packetframes.h"

#include <QJsonDocument>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

namespace names = protocol::admin::names;

// Of one step, of which SlicedWork::StepsPerSlice are done in a turn of the hub.
constexpr int LiveRowsInAStep = 32;
constexpr int CostOfARow = 4; ///< That is told, beside one that is looked at.

} // namespace

/** Goes through all watches once. */
class LiveLists::Turn final : public SlicedWork::Task
{
public:
    explicit Turn(LiveLists &lists)
        : m_lists(lists)
    {
        for (const auto &[id, watch] : lists.m_watches)
            m_ids.push_back(id);
    }

    int step() override
    {
        if (m_isOver)
            return 0;
        const auto found
            = m_next < m_ids.size() ? m_lists.m_watches.find(m_ids[m_next]) : m_lists.m_watches.end();
        if (m_next == m_ids.size()) {
            m_isOver = true;
            if (!m_lists.m_watches.empty())
                m_lists.m_timer.start(Interval);
            return 1;
        }
        // Watches end and change between two steps: what is others now is looked at the next time.
        if (found == m_lists.m_watches.end() || !found->second.state.isReady())
            return goOn();
        Watch &watch = found->second;
        if (m_place == 0)
            m_generation = watch.state.generation();
        const int cost = watch.state.generation() == m_generation ? m_lists.tellSome(watch, m_place) : 0;
        if (cost == 0 || m_place == watch.state.count()) {
            m_lists.send(watch);
            goOn();
        }
        return cost + 1;
    }

private:
    int goOn()
    {
        ++m_next;
        m_place = 0;
        return 1;
    }

    LiveLists &m_lists;
    std::vector<Id> m_ids;
    std::size_t m_next = 0;
    std::size_t m_place = 0; ///< In the watch at m_next.
    quint64 m_generation = 0; ///< Of it.
    bool m_isOver = false;
};

LiveLists::LiveLists(HubParts &parts, WorkerGateway &gateway, const QByteArray &salt, Send send)
    : m_send(std::move(send))
    , m_rooms(parts)
    , m_clients(parts, gateway, salt)
    , m_work(parts.rooms.services().slotExceptions)
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(&m_timer, [this] { look(); });
}

LiveLists::~LiveLists() = default;

Result<LiveLists::Id> LiveLists::add(What what, StateWatch &&state, const QStringList &ids)
{
    LiveRows &rows = what == What::Rooms ? static_cast<LiveRows &>(m_rooms) : m_clients;
    const Id id = ++m_lastId;
    m_watches.try_emplace(id, Watch{rows, std::move(state)});
    if (auto set = setIds(id, ids); !set) {
        m_watches.erase(id);
        return set.error();
    }
    return id;
}

Result<void> LiveLists::setIds(Id id, const QStringList &ids)
{
    Watch &watch = m_watches.at(id);
    const QStringList before = watch.state.ids();
    if (watch.rows.count() + ids.size() > MostRows + before.size()) {
        return Error{ErrorCode::LimitReached,
                     u"Consoles watch %1 rows of a kind at most, all together"_s.arg(MostRows), u"ids"_s};
    }
    watch.state.setIds(ids);
    const QStringList now = watch.state.ids();
    for (const QString &each : now)
        watch.rows.hold(each);
    for (const QString &each : before)
        watch.rows.release(each);
    // Within an interval at most: a console that scrolls asks often.
    if (!m_timer.isActive() && m_work.counters().pending == 0)
        m_timer.start(0);
    return {};
}

void LiveLists::remove(Id id)
{
    const auto found = m_watches.find(id);
    if (found == m_watches.end())
        return;
    const QStringList ids = found->second.state.ids();
    for (const QString &each : ids)
        found->second.rows.release(each);
    m_watches.erase(found);
}

void LiveLists::credit(Id id, quint64 rev)
{
    if (const auto found = m_watches.find(id); found != m_watches.end())
        found->second.state.credit(rev);
}

void LiveLists::resync()
{
    for (auto &[id, watch] : m_watches) {
        watch.state.forget();
        json::ObjectWriter out;
        out.string("watch"_L1, watch.state.name());
        m_send(watch.state.socket(), encodedEventFrameIn(names::nsp, names::resync, out.take()));
    }
}

void LiveLists::look()
{
    if (m_watches.empty())
        return;
    m_clients.update();
    m_work.add(std::make_unique<Turn>(*this));
}

int LiveLists::tellSome(Watch &watch, std::size_t &from)
{
    int cost = 0;
    for (int looked = 0; from < watch.state.count() && looked < LiveRowsInAStep; ++from, ++looked) {
        ++cost;
        const QString &id = watch.state.idAt(from);
        const quint64 version = watch.rows.refresh(id);
        if (version == 0 || !watch.state.isBehind(from, version))
            continue;
        const QJsonObject row = watch.rows.row(id, watch.state.account());
        watch.state.tell(from, version,
                         row.isEmpty() ? QByteArray() : QJsonDocument(row).toJson(QJsonDocument::Compact));
        cost += CostOfARow;
    }
    return cost;
}

void LiveLists::send(Watch &watch)
{
    if (const auto state = watch.state.take())
        m_send(watch.state.socket(), encodedEventFrameIn(names::nsp, names::state, *state));
}

} // namespace dialogue::admin
