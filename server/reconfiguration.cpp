#include "server/reconfiguration.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/certificates.h"
#include "server/config/differences.h"
#include "server/config/livesettings.h"
#include "server/door.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roomcreation.h"
#include "server/rules/roomtemplates.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

const RoomConfig *findRoom(const QList<RoomConfig> &rooms, const QString &id)
{
    const auto found = std::ranges::find(rooms, id, &RoomConfig::id);
    return found == rooms.end() ? nullptr : &*found;
}

Error below(const QString &place, const Error &error)
{
    return {error.code, error.message, error.path.isEmpty() ? place : place + u'.' + error.path};
}

} // namespace

Reconfiguration::Reconfiguration(const Target &target, const ServerConfig &now)
    : m_target(target)
    , m_before(target.config)
    , m_now(target.config)
{
    takeOver(now, m_now);
    for (const RoomConfig &room : std::as_const(m_now.rooms)) {
        const RoomConfig *const before = findRoom(m_before.rooms, room.id);
        // One that somebody has deleted meanwhile, or made, is what the configuration says from here on.
        const Room *const there = m_target.parts.rooms.find(room.id);
        if (!there)
            m_added.append(room);
        else if (RoomPrivate::of(*there).isLeased)
            m_taken.append(room);
        else if (!before || !isSameRoom(*before, room))
            m_changed.append(room);
    }
    for (const RoomConfig &room : m_before.rooms) {
        if (!findRoom(m_now.rooms, room.id))
            m_removed.append(room.id);
    }
}

Result<void> Reconfiguration::run()
{
    if (auto prepared = prepare(); !prepared)
        return prepared;
    m_target.config = m_now;
    if (auto created = createRooms(); !created) {
        m_target.config = m_before;
        return created;
    }
    m_target.parts.budgets.configure(m_now);
    m_target.parts.middlewares.setServer(m_middleware);
    if (m_keys)
        m_target.door.configure(m_now.auth, *std::move(m_keys));
    if (m_certificates)
        m_target.certificates->configure(m_now.tls, m_certificates);
    changeRooms();
    changeCreatedRooms();
    return {};
}

Result<void> Reconfiguration::prepare()
{
    Result<MiddlewareChainPtr> middleware = m_target.parts.middlewares.make(m_now.middleware, false);
    if (!middleware)
        return middleware.error();
    m_middleware = *std::move(middleware);
    if (m_now.auth.jwt.isSet()) {
        Result<jwt::KeySet> keys = jwt::KeySet::load(m_now.auth.jwt);
        if (!keys)
            return keys.error();
        m_keys = *std::move(keys);
    }
    if (m_target.certificates) {
        Result<tls::TlsContextPtr> context = Certificates::load(m_now.tls);
        if (!context)
            return context.error();
        m_certificates = *std::move(context);
    }
    return prepareRooms();
}

Result<void> Reconfiguration::prepareRooms()
{
    const RoomManager &rooms = m_target.parts.rooms;
    for (const QList<RoomConfig> *const list : {&m_added, &m_changed, &m_taken}) {
        for (const RoomConfig &room : *list) {
            if (const auto good = room.check(); !good)
                return below(u"rooms.%1"_s.arg(room.id), good.error());
            if (const auto made = m_target.parts.middlewares.make(room.middleware, true); !made)
                return below(u"rooms.%1"_s.arg(room.id), made.error());
        }
    }
    for (const RoomTemplate &each : m_now.roomCreation.templates) {
        if (const auto made = m_target.parts.middlewares.make(each.room.middleware, true); !made)
            return below(u"roomCreation.templates.%1"_s.arg(each.pattern), made.error());
    }
    const qsizetype most = m_now.roomCreation.maxTotal;
    if (rooms.index().size() + m_added.size() > most) {
        return Error{ErrorCode::LimitReached,
                     u"there are %1 rooms, and %2 to come: more than that"_s.arg(rooms.index().size())
                         .arg(m_added.size()),
                     u"roomCreation.maxTotal"_s};
    }
    return {};
}

/** What a store may refuse; then those go again that have come. */
Result<void> Reconfiguration::createRooms()
{
    RoomManager &rooms = m_target.parts.rooms;
    for (qsizetype i = 0; i < m_added.size(); ++i) {
        const auto created = rooms.create(m_added[i]);
        if (created)
            continue;
        while (i-- > 0)
            (void)rooms.remove(m_added[i].id);
        return below(u"rooms"_s, created.error());
    }
    return {};
}

void Reconfiguration::changeRooms()
{
    RoomManager &rooms = m_target.parts.rooms;
    // Slots run, which may delete any.
    for (const QString &id : std::as_const(m_removed))
        (void)rooms.remove(id);
    const auto warn = [](const RoomConfig &room, const Error &error) {
        qCWarning(lcRooms).noquote() << "Room" << quoted(room.id)
                                     << "is not what the configuration says:" << printable(error.text());
    };
    for (const RoomConfig &room : std::as_const(m_changed)) {
        if (const auto updated = rooms.update(room); !updated)
            warn(room, updated.error());
    }
    for (const RoomConfig &room : std::as_const(m_taken)) {
        (void)rooms.remove(room.id);
        if (const auto created = rooms.create(room); !created)
            warn(room, created.error());
    }
}

/** Those of clients, of which templates say what they carry. */
void Reconfiguration::changeCreatedRooms()
{
    if (std::ranges::equal(m_before.roomCreation.templates, m_now.roomCreation.templates, isSameTemplate))
        return;
    RoomManager &rooms = m_target.parts.rooms;
    QStringList ids;
    const QList<Room *> all = rooms.rooms();
    for (const Room *const room : all) {
        const RoomPrivate &priv = RoomPrivate::of(*room);
        if (!priv.isLeased || findRoom(m_now.rooms, priv.id))
            continue;
        const RoomTemplate *const before = templateFor(priv.id, m_before.roomCreation.templates);
        const RoomTemplate *const now = templateFor(priv.id, m_now.roomCreation.templates);
        if (before == now || (before && now && isSameTemplate(*before, *now)))
            continue;
        ids.append(priv.id);
    }
    for (const QString &id : std::as_const(ids)) {
        if (const Room *const room = rooms.find(id))
            (void)rooms.update(restoredRoom(room->config(), m_now.roomCreation));
    }
}

} // namespace dialogue
