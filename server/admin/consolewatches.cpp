#include "server/admin/consolewatches.h"

#include "core/filter/parser.h"
#include "server/admin/statewatch.h"
#include "server/rooms/room_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

constexpr int LongestName = 64;
constexpr int MostPatterns = 64;
constexpr std::size_t MostGathered = 1024; // Events.
constexpr std::chrono::milliseconds GatheredFor(10);

Error noWatch(const QString &name)
{
    return {ErrorCode::NotFound, u"There is no watch '%1'"_s.arg(name), u"watch"_s};
}

} // namespace

ConsoleWatches::ConsoleWatches(Parts parts)
    : m_parts(std::move(parts))
    , m_redactions(m_parts.config)
{
    m_handOver.setSingleShot(true);
    QObject::connect(&m_handOver, &QTimer::timeout, &m_handOver, [this] { handOver(); });
}

ConsoleWatches::~ConsoleWatches() { m_parts.tap.remove(*this); }

api::Parameters<ConsoleWatches::Request> ConsoleWatches::parameters(bool isNew)
{
    using R = Request;
    api::Parameters<R> all{
        api::parameter({.name = u"watch"_s,
                        .doc = u"What the console calls it."_s,
                        .isRequired = true,
                        .least = 1,
                        .most = LongestName},
                       &R::watch),
        api::parameter({.name = u"rooms"_s,
                        .type = api::ValueType::TextList,
                        .doc = u"Ids, or beginnings with * behind them; left out: all of the account."_s,
                        .least = 1,
                        .most = MostPatterns},
                       &R::rooms),
        api::parameter({.name = u"events"_s,
                        .type = api::ValueType::TextList,
                        .doc = u"Names, the same; left out: all."_s,
                        .least = 0,
                        .most = MostPatterns},
                       &R::events),
        api::parameter(
            {.name = u"filter"_s, .doc = u"Which of them, see docs/filter.md."_s, .most = filter::MaxText},
            &R::filter),
        api::parameter({.name = u"fields"_s, .doc = u"meta, or payload as well."_s, .most = 16}, &R::fields),
        api::parameter(
            {.name = u"unredacted"_s, .type = api::ValueType::Flag, .doc = u"Payloads as they are."_s},
            &R::unredacted),
        api::parameter({.name = u"maxRate"_s,
                        .type = api::ValueType::Number,
                        .doc = u"Events in a second; 0: all."_s,
                        .least = 0,
                        .most = 1'000'000},
                       &R::maxRate),
        api::parameter({.name = u"codes"_s,
                        .type = api::ValueType::TextList,
                        .doc = u"Of errors; left out: all."_s,
                        .least = 0,
                        .most = MostPatterns},
                       &R::codes),
        api::parameter({.name = u"ids"_s,
                        .type = api::ValueType::TextList,
                        .doc = u"Of rooms, or of clients."_s,
                        .least = 0,
                        .most = StateWatch::MostIds},
                       &R::ids)};
    if (isNew)
        all.append(api::parameter({.name = u"what"_s,
                                   .doc = u"events, stats, errors, audit, rooms or clients."_s,
                                   .isRequired = true,
                                   .least = 1,
                                   .most = 16},
                                  &R::what));
    return all;
}

Result<WatchSpec> ConsoleWatches::specOf(const Console &console, const Request &request,
                                         const WatchSpec &before) const
{
    WatchSpec spec = before;
    if (request.rooms)
        spec.rooms = *request.rooms;
    if (request.events)
        spec.events = *request.events;
    spec.maxRate = request.maxRate.value_or(spec.maxRate);
    if (!request.fields.isEmpty()) {
        if (request.fields != u"meta" && request.fields != u"payload")
            return Error{ErrorCode::InvalidRequest, u"must be meta or payload"_s, u"fields"_s};
        spec.payload = request.fields == u"payload";
    }
    if (request.filter) {
        Result<Filter> filter = Filter::parse(*request.filter);
        if (!filter)
            return Error{filter.error().code, filter.error().message, u"filter"_s};
        spec.filter = *std::move(filter);
    }
    if (request.unredacted)
        spec.redacted = !*request.unredacted;
    if (spec.looksInside() && !console.account.may(Permission::SeePayloads))
        return notFor(console.account, Permission::SeePayloads);
    if (!spec.redacted && !console.account.may(Permission::Audit))
        return notFor(console.account, Permission::Audit);
    return spec;
}

Result<void> ConsoleWatches::hasRoom(const Console &console, const QString &name) const
{
    if (console.isWatching(name))
        return Error{ErrorCode::InvalidRequest, u"is there already"_s, u"watch"_s};
    if (console.watchCount() < m_parts.config.maxWatches)
        return {};
    return Error{ErrorCode::LimitReached,
                 u"A console watches %1 things at most (admin.maxWatches)"_s.arg(m_parts.config.maxWatches)};
}

void ConsoleWatches::watch(Console &console, const Request &request, const Done &done)
{
    if (auto room = hasRoom(console, request.watch); !room)
        return done(room.error());
    Result<WatchSpec> spec = specOf(console, request,
                                    {.socket = console.socket,
                                     .name = request.watch,
                                     .rooms = {u"*"_s},
                                     .reach = console.account.rooms,
                                     .masked = !console.account.may(Permission::SeeUsers)});
    if (!spec)
        return done(spec.error());
    withNote(console, *spec,
             [this, socket = console.socket, spec = *spec, done](Result<void> &&noted) mutable {
                 if (noted)
                     begin(socket, std::move(spec), done);
                 else
                     done(noted.error());
             });
}

void ConsoleWatches::withNote(const Console &console, const WatchSpec &spec,
                              const std::function<void(Result<void> &&)> &then)
{
    if (!spec.looksInside())
        return then({});
    // What people say is looked at only where it stands that it was.
    const QJsonObject args{{u"rooms"_s, QJsonArray::fromStringList(spec.rooms)},
                           {u"events"_s, QJsonArray::fromStringList(spec.events)},
                           {u"filter"_s, spec.filter.text()},
                           {u"unredacted"_s, !spec.redacted}};
    m_parts.actions.note(console.account, u"watchPayloads"_s, args, then);
}

void ConsoleWatches::begin(SocketId socket, WatchSpec &&spec, const Done &done)
{
    Console *const console = m_parts.find(socket);
    if (!console)
        return;
    // Others may have come meanwhile.
    if (auto room = hasRoom(*console, spec.name); !room)
        return done(room.error());
    const WatchId id = ++m_lastId;
    console->watches.insert(spec.name, id);
    m_specs.emplace(id, spec);
    forgetConcerns();
    handOver();
    m_parts.tap.add(*this);
    m_parts.thread.post(
        [id, spec = std::move(spec)](Watches &watches) mutable { watches.add(id, std::move(spec)); });
    done(Reply());
}

void ConsoleWatches::update(Console &console, const Request &request, const Done &done)
{
    const auto found = console.watches.constFind(request.watch);
    if (found == console.watches.constEnd())
        return done(noWatch(request.watch));
    const WatchId id = *found;
    Result<WatchSpec> spec = specOf(console, request, m_specs.at(id));
    if (!spec)
        return done(spec.error());
    withNote(console, *spec, [this, id, spec = *spec, done](Result<void> &&noted) mutable {
        if (!noted)
            return done(noted.error());
        const auto still = m_specs.find(id);
        if (still == m_specs.end())
            return done(noWatch(spec.name)); // It was ended meanwhile.
        still->second = spec;
        forgetConcerns();
        handOver();
        m_parts.thread.post([id, spec = std::move(spec)](Watches &watches) mutable {
            watches.respecify(id, std::move(spec));
        });
        done(Reply());
    });
}

void ConsoleWatches::unwatch(Console &console, const QString &name, const Done &done)
{
    const auto found = console.watches.constFind(name);
    if (found == console.watches.constEnd())
        return done(noWatch(name));
    remove(*found);
    console.watches.erase(found);
    done(Reply());
}

void ConsoleWatches::credit(const Console &console, const QString &name, quint64 number)
{
    const auto found = console.watches.constFind(name);
    if (found == console.watches.constEnd())
        return;
    m_parts.thread.post([id = *found, number](Watches &watches) { watches.credit(id, number); });
}

void ConsoleWatches::forget(Console &console)
{
    for (const WatchId id : std::as_const(console.watches))
        remove(id);
    console.watches.clear();
}

void ConsoleWatches::remove(WatchId id)
{
    m_specs.erase(id);
    forgetConcerns();
    m_parts.thread.post([id](Watches &watches) { watches.remove(id); });
    if (!m_specs.empty())
        return;
    m_parts.tap.remove(*this);
    m_redactions.forget();
}

bool ConsoleWatches::concerns(const QString &roomId)
{
    if (roomId.constData() != m_last.roomId.constData())
        m_last = {roomId, findConcern(roomId)};
    return m_last.isConcerned;
}

void ConsoleWatches::forgetConcerns()
{
    m_concerned.clear();
    m_last = {};
}

bool ConsoleWatches::findConcern(const QString &roomId)
{
    // Many patterns of many watches: not for each event.
    if (const auto known = m_concerned.constFind(roomId); known != m_concerned.constEnd())
        return *known;
    if (m_concerned.size() >= MostKnownRooms)
        m_concerned.clear();
    const bool isConcerned = std::any_of(m_specs.begin(), m_specs.end(),
                                         [&](const auto &each) { return each.second.concerns(roomId); });
    m_concerned.insert(roomId, isConcerned);
    return isConcerned;
}

void ConsoleWatches::published(const Room &room, const EventMessage &message,
                               const PublicationPtr &publication)
{
    const QString &roomId = RoomPrivate::of(room).id;
    if (!concerns(roomId))
        return;
    const qint64 size = publication->size();
    if (m_parts.load.waitingBytes.load(std::memory_order_relaxed) + size > m_parts.config.watchBuffer) {
        m_parts.load.droppedRing.fetch_add(1, std::memory_order_relaxed);
        for (const auto &[id, spec] : m_specs) {
            // The first is told of even where nothing comes behind it.
            if (spec.concerns(roomId) && spec.ringDropped->fetch_add(1, std::memory_order_relaxed) == 0)
                m_parts.thread.post([](Watches &watches) { watches.flushSoon(); });
        }
        return;
    }
    m_parts.load.waitingBytes.fetch_add(size, std::memory_order_relaxed);
    m_gathered.push_back({.publication = publication,
                          .roomId = roomId,
                          .from = message.from,
                          .redaction = m_redactions.of(room, message.event)});
    if (m_gathered.size() >= MostGathered)
        handOver();
    else if (!m_handOver.isActive())
        m_handOver.start(GatheredFor);
}

void ConsoleWatches::handOver()
{
    m_handOver.stop();
    if (!m_gathered.empty())
        m_parts.thread.inbox().post(m_gathered);
}

} // namespace dialogue::admin
