#include "server/middleware/checkwebhooks.h"

#include "server/middleware/webhooktarget.h"

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

Result<void> checkSteps(const QList<MiddlewareConfig> &steps, const QString &place)
{
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const auto *const webhook = std::get_if<Webhook>(&steps[i]);
        if (!webhook)
            continue;
        if (const auto good = WebhookTarget::check(*webhook); !good) {
            return Error{ErrorCode::ConfigError, good.error().message,
                         u"%1[%2].webhook.%3"_s.arg(place).arg(i).arg(good.error().path)};
        }
    }
    return {};
}

} // namespace

Result<void> checkWebhooks(const ServerConfig &config)
{
    if (auto good = checkSteps(config.middleware, u"middleware"_s); !good)
        return good;
    for (const RoomConfig &room : config.rooms) {
        if (auto good = checkSteps(room.middleware, u"rooms.%1.middleware"_s.arg(room.id)); !good)
            return good;
    }
    for (const RoomTemplate &each : config.roomCreation.templates) {
        const QString place = u"roomCreation.templates.%1.middleware"_s.arg(each.pattern);
        if (auto good = checkSteps(each.room.middleware, place); !good)
            return good;
    }
    return {};
}

} // namespace dialogue
