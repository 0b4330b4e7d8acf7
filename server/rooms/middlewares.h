#pragma once

#include "core/room/middlewareconfig.h"
#include "server/rooms/hooks.h"
#include "server/rooms/middleware.h"
#include "server/rooms/pipeline.h"

#include <QHash>

#include <array>
#include <memory>
#include <vector>

namespace dialogue {

/** Some steps in their order; not changed once it is there, as a walk may be under way. */
struct MiddlewareChain
{
    std::vector<Middleware> steps = {};
    bool isLater = false; ///< One of them answers later.

    void append(Middleware step)
    {
        isLater = isLater || step.later();
        steps.push_back(std::move(step));
    }
};
using MiddlewareChainPtr = std::shared_ptr<const MiddlewareChain>; ///< Null: there are none.

/** What becomes of the lines of a configuration. */
class MiddlewareFactory
{
public:
    virtual ~MiddlewareFactory() = default;
    /** ConfigError: it is good as far as checkMiddleware() sees, and something that it needs is not. */
    virtual Result<Middleware> make(const MiddlewareConfig &config, bool ofRoom) = 0;
};

/**
 * All that is asked about an event once it is valid: the steps of the server, those of its room, and at last
 * the hook. Of each of the two first what the configuration says, and then what Dialogue::use() was given.
 * Where there is none it is a few branches; those that answer at once take a call each. Hub's thread.
 */
class Middlewares
{
public:
    /** All outlive it. \a factory may be null, and then nothing can be configured. */
    Middlewares(const Hooks &hooks, MiddlewareFactory *factory);

    /** What RoomConfig::middleware, or that of a server, is; null where it is empty. */
    [[nodiscard]] Result<MiddlewareChainPtr> make(const QList<MiddlewareConfig> &config, bool ofRoom) const;
    void setServer(MiddlewareChainPtr chain) { m_chains[Configured] = std::move(chain); }

    /** Behind those that are there; \a roomId empty: for all rooms. */
    void use(const QString &roomId, Middleware step);
    [[nodiscard]] Result<void> use(const QString &roomId, const MiddlewareConfig &config);

    /** For events of clients in \a room somebody has to be waited for: MiddlewareWalk. */
    [[nodiscard]] bool isLater(const Room &room) const;
    /** All that answers at once. */
    [[nodiscard]] Result<void> pass(EventContext &context) const;

    static constexpr std::size_t Chains = 5;
    /** In their order; each may be null. */
    [[nodiscard]] std::array<MiddlewareChainPtr, Chains> chainsOf(const Room &room) const;

private:
    enum Own { Configured, Used, Last, OwnChains };

    [[nodiscard]] const MiddlewareChainPtr *usedIn(const Room &room) const;

    MiddlewareFactory *const m_factory;
    std::array<MiddlewareChainPtr, OwnChains> m_chains;
    QHash<QString, MiddlewareChainPtr> m_ofRooms; ///< By use().
};

} // namespace dialogue
