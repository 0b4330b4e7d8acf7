#pragma once

#include "core/base/result.h"
#include "core/base/seldom.h"
#include "core/event/eventmessage.h"
#include "core/room/middlewareconfig.h"
#include "server/middleware/middlewarecounters.h"
#include "server/middleware/webhookanswer.h"

#include <QFuture>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QUrl>

#include <memory>
#include <stop_token>

class QNetworkAccessManager;

namespace dialogue {

/**
 * Who is asked about events: a webhook of the configuration, what signs its questions, and how many of them
 * wait. Lives in the hub's thread; questions that are under way keep it.
 */
class WebhookTarget : public std::enable_shared_from_this<WebhookTarget>
{
public:
    /** ConfigError: the file of its secret, or that of whom it trusts. \a network and \a counters outlive all
     * its questions. */
    [[nodiscard]] static Result<std::shared_ptr<WebhookTarget>>
    create(const Webhook &webhook, QNetworkAccessManager &network, MiddlewareCounters &counters);

    [[nodiscard]] QFuture<Result<EventMessage>> ask(const EventMessage &message, const std::stop_token &stop);

    /** Whether its files are good. ConfigError, with the member. */
    [[nodiscard]] static Result<void> check(const Webhook &webhook);
    /** What signs \a body at \a time, in seconds: "v1=" and the HMAC-SHA256 of both in hexadecimal. */
    [[nodiscard]] static QByteArray signature(const QByteArray &secret, const QByteArray &time,
                                              const QByteArray &body);

private:
    class Question;

    WebhookTarget(const Webhook &webhook, QByteArray secret, const QSslConfiguration &trust,
                  QNetworkAccessManager &network, MiddlewareCounters &counters);

    [[nodiscard]] Result<EventMessage> failed(const EventMessage &message, const QString &what);

    const Webhook m_webhook;
    const QUrl m_url;
    const QByteArray m_secret;
    const QSslConfiguration m_trust;
    QNetworkAccessManager &m_network;
    MiddlewareCounters &m_counters;
    Seldom m_failures;
    int m_pending = 0;
    qint64 m_bytes = 0;
};

} // namespace dialogue
