#pragma once

#include "core/json/jsondata.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace dialogue {

/** What an HTTP server has said to a question about an event. */
struct WebhookReply
{
    int status = 0;
    QByteArray contentType = {};
    QByteArray body = {};
};

/** What that means. */
struct WebhookAnswer
{
    enum class Kind {
        Pass,
        Stop, ///< `text` says why, for the client.
        Retry, ///< `text` says what was wrong; another try may help.
        Fail, ///< The same, and none will.
    };

    Kind kind = Kind::Pass;
    QString text = {};
    std::optional<JsonData> data = {}; ///< Of Pass: in the place of the event's.
    std::optional<QJsonObject> meta = {}; ///< The same.
};

/** 2xx lets the event pass, with the `data` and the `meta` of its JSON, if any; 4xx stops it, but for those
 * that ask to try again (408, 425, 429). */
[[nodiscard]] WebhookAnswer readWebhookReply(const WebhookReply &reply);

} // namespace dialogue
