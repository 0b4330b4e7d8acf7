#include "server/rooms/middlewares.h"

#include "server/rooms/room_p.h"

namespace dialogue {

namespace {

Result<void> passChain(const MiddlewareChainPtr &current, EventContext &context)
{
    if (!current)
        return {};
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): a step may put another one in its place.
    const MiddlewareChainPtr chain = current;
    for (const Middleware &step : chain->steps) {
        const Middleware::AtOnce *const atOnce = step.atOnce();
        if (!atOnce)
            continue; // Who waits for an answer comes by MiddlewareWalk.
        if (auto passed = (*atOnce)(context.message, context.room, context.sender); !passed)
            return passed;
    }
    return {};
}

MiddlewareChainPtr longer(const MiddlewareChainPtr &chain, Middleware &&step)
{
    auto more = std::make_shared<MiddlewareChain>(chain ? *chain : MiddlewareChain());
    more->append(std::move(step));
    return more;
}

} // namespace

Middlewares::Middlewares(const Hooks &hooks, MiddlewareFactory *factory)
    : m_factory(factory)
{
    if (hooks.beforeEach)
        m_chains[Last] = longer({}, hooks.beforeEach);
    else if (hooks.beforeEachLater)
        m_chains[Last] = longer({}, hooks.beforeEachLater);
}

Result<MiddlewareChainPtr> Middlewares::make(const QList<MiddlewareConfig> &config, bool ofRoom) const
{
    if (config.isEmpty())
        return MiddlewareChainPtr();
    const auto wrong = [](qsizetype i, const Error &error) {
        return Error{ErrorCode::ConfigError, error.message,
                     QStringLiteral("middleware[%1]").arg(i)
                         + (error.path.isEmpty() ? QString() : u'.' + error.path)};
    };
    auto chain = std::make_shared<MiddlewareChain>();
    for (qsizetype i = 0; i < config.size(); ++i) {
        if (const auto good = checkMiddleware(config[i]); !good)
            return wrong(i, good.error());
        Result<Middleware> step = m_factory
            ? m_factory->make(config[i], ofRoom)
            : Error{ErrorCode::ConfigError, QStringLiteral("There is no middleware here")};
        if (!step)
            return wrong(i, step.error());
        chain->append(*std::move(step));
    }
    return MiddlewareChainPtr(std::move(chain));
}

void Middlewares::use(const QString &roomId, Middleware step)
{
    MiddlewareChainPtr &chain = roomId.isEmpty() ? m_chains[Used] : m_ofRooms[roomId];
    chain = longer(chain, std::move(step));
}

Result<void> Middlewares::use(const QString &roomId, const MiddlewareConfig &config)
{
    const Result<MiddlewareChainPtr> made = make({config}, !roomId.isEmpty());
    if (!made)
        return made.error();
    use(roomId, (*made)->steps.front());
    return {};
}

const MiddlewareChainPtr *Middlewares::usedIn(const Room &room) const
{
    if (m_ofRooms.isEmpty())
        return nullptr;
    const auto found = m_ofRooms.constFind(RoomPrivate::of(room).id);
    return found == m_ofRooms.cend() ? nullptr : &*found;
}

bool Middlewares::isLater(const Room &room) const
{
    for (const MiddlewareChainPtr &chain : m_chains) {
        if (chain && chain->isLater)
            return true;
    }
    const MiddlewareChainPtr &ofRoom = RoomPrivate::of(room).declaration->middleware;
    if (ofRoom && ofRoom->isLater)
        return true;
    const MiddlewareChainPtr *const used = usedIn(room);
    return used && (*used)->isLater;
}

Result<void> Middlewares::pass(EventContext &context) const
{
    for (const Own own : {Configured, Used}) {
        if (auto passed = passChain(m_chains[own], context); !passed)
            return passed;
    }
    if (auto passed = passChain(RoomPrivate::of(context.room).declaration->middleware, context); !passed)
        return passed;
    if (const MiddlewareChainPtr *const used = usedIn(context.room)) {
        if (auto passed = passChain(*used, context); !passed)
            return passed;
    }
    return passChain(m_chains[Last], context);
}

std::array<MiddlewareChainPtr, Middlewares::Chains> Middlewares::chainsOf(const Room &room) const
{
    const MiddlewareChainPtr *const used = usedIn(room);
    return {m_chains[Configured], m_chains[Used], RoomPrivate::of(room).declaration->middleware,
            used ? *used : MiddlewareChainPtr(), m_chains[Last]};
}

} // namespace dialogue
