#include "server/middleware/builtinmiddleware.h"

#include "core/base/logging.h"
#include "server/budgets/ratewindows.h"
#include "server/config/serverconfig.h"
#include "server/middleware/contentsearch.h"
#include "server/middleware/eventlines.h"
#include "server/middleware/webhooktarget.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"
#include "server/rooms/spending.h"

#include <QNetworkAccessManager>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

Error blocked(const ContentSearch::Outcome &found)
{
    if (found.verdict == ContentSearch::Outcome::Verdict::TooLong) {
        return {ErrorCode::LimitReached,
                u"is too long to be looked through for what is not to be said here"_s,
                u"data"_s + found.pointer};
    }
    return {ErrorCode::EventBlocked, u"holds what is not to be said here"_s, u"data"_s + found.pointer};
}

} // namespace

BuiltInMiddleware::BuiltInMiddleware(const ServerConfig &config)
    : m_longestAnswer(config.hooks.timeout)
    , m_mostKeys(config.rateLimit.maxKeys)
{ }

BuiltInMiddleware::~BuiltInMiddleware() = default;

Result<Middleware> BuiltInMiddleware::make(const MiddlewareConfig &config, bool ofRoom)
{
    return std::visit([&](const auto &each) { return makeOf(each, ofRoom); }, config);
}

Result<Middleware> BuiltInMiddleware::makeOf(const EventLogger &logger, bool /*ofRoom*/)
{
    const auto lines = std::make_shared<EventLines>(logger.linesPerSecond);
    return Middleware([this, lines](EventMessage &message, const Room &, ConnectedClient *) -> Result<void> {
        if (!lcEvents().isInfoEnabled())
            return {};
        if (const auto leave = lines->take(EventLines::Clock::now()))
            qCInfo(lcEvents).noquote() << EventLines::lineOf(message, *leave);
        else
            ++m_counters.linesLeftOut;
        return {};
    });
}

Result<Middleware> BuiltInMiddleware::makeOf(const ContentFilter &filter, bool /*ofRoom*/)
{
    using Verdict = ContentSearch::Outcome::Verdict;
    const auto search = std::make_shared<const ContentSearch>(filter);
    const bool masks = filter.action == FilterAction::Mask;
    return Middleware(
        [this, search, masks](EventMessage &message, const Room &, ConnectedClient *) -> Result<void> {
            const ContentSearch::Outcome found = search->search(message.data.text(), masks);
            switch (found.verdict) {
            case Verdict::Clean:
                return {};
            case Verdict::TooLong:
                ++m_counters.notSearched;
                return blocked(found);
            case Verdict::Found:
                break;
            }
            if (!masks) {
                ++m_counters.blocked;
                return blocked(found);
            }
            ++m_counters.masked;
            message.data = JsonData::fromText(found.masked);
            return {};
        });
}

Result<Middleware> BuiltInMiddleware::makeOf(const RequireRole &required, bool /*ofRoom*/)
{
    return Middleware([this, roles = required.roles](EventMessage &, const Room &room,
                                                     ConnectedClient *sender) -> Result<void> {
        if (!sender)
            return {};
        const QStringList has = ConnectedClientPrivate::of(*sender).roles();
        if (std::ranges::any_of(roles, [&has](const QString &role) { return has.contains(role); }))
            return {};
        ++m_counters.withoutRole;
        return Error{ErrorCode::PermissionDenied,
                     u"You may not trigger events in room '%1' without the role '%2'"_s.arg(
                         room.id(), roles.join("' or '"_L1))};
    });
}

Result<Middleware> BuiltInMiddleware::makeOf(const RateLimit &limit, bool ofRoom)
{
    const auto windows = std::make_shared<RateWindows>(limit, static_cast<std::size_t>(m_mostKeys));
    return Middleware(
        [this, windows, ofRoom](EventMessage &, const Room &room, ConnectedClient *sender) -> Result<void> {
            if (!sender)
                return {};
            auto &client = ConnectedClientPrivate::of(*sender);
            const auto &services = RoomPrivate::of(room).services();
            QString key = Budgets::nameOf(client.budget);
            if (ofRoom)
                key += u'\n' + room.id(); // Of rooms that are declared alike each counts for itself.
            const auto wait = windows->take(key, services.budgets.now());
            if (!wait)
                return {};
            ++m_counters.rateLimited;
            client.refusedBy = windows->limit().window;
            return rateLimited(ofRoom ? BudgetKind::RoomEvent : BudgetKind::Event, windows->limit(), *wait);
        });
}

Result<Middleware> BuiltInMiddleware::makeOf(const Webhook &webhook, bool /*ofRoom*/)
{
    if (webhook.timeout >= m_longestAnswer) {
        return Error{
            ErrorCode::ConfigError,
            u"must be less than hooks.timeout (%1 ms), after which nobody waits for it any more"_s.arg(
                m_longestAnswer.count()),
            u"timeout"_s};
    }
    if (!m_network)
        m_network = std::make_unique<QNetworkAccessManager>();
    auto target = WebhookTarget::create(webhook, *m_network, m_counters);
    if (!target)
        return target.error();
    return Middleware(
        [target = *std::move(target)](const EventMessage &message, const QString &, const ClientSnapshot &,
                                      const std::stop_token &stop) { return target->ask(message, stop); });
}

} // namespace dialogue
