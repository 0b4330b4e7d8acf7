#include "server/rooms/requesthandlers.h"

#include "core/base/foreigntext.h"
#include "core/json/cursor.h"
#include "core/protocol/socketio/reservedevents.h"
#include "server/answers/draining.h"
#include "server/rooms/connectedclient.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

/** Names that Socket.IO's clients cannot emit, or that are ours. */
QString problemOf(const QString &name, int longest)
{
    if (name.isEmpty())
        return QStringLiteral("A request needs a name");
    if (name.size() > longest) {
        return QStringLiteral(
                   "The name of a request has %1 characters, %2 are allowed (limits.eventNameLength)")
            .arg(name.size())
            .arg(longest);
    }
    if (name.startsWith(QLatin1String("dialogue:")))
        return QStringLiteral("%1 begins with 'dialogue:', as Dialogue's own requests do").arg(quoted(name));
    if (socketio::isReservedEvent(name))
        return QStringLiteral("%1 is one of Socket.IO's own names, which no client can send")
            .arg(quoted(name));
    return {};
}

/** The first of the arguments as it came. */
JsonData firstOf(const JsonData &args)
{
    if (args.ownText().isNull()) {
        const QJsonArray values = args.toArray();
        return values.isEmpty() ? JsonData(QJsonValue::Null) : JsonData(values.first());
    }
    json::Cursor cursor(args.ownText());
    return cursor.enterArray() ? JsonData::fromText(cursor.skip().toByteArray()) : JsonData(QJsonValue::Null);
}

} // namespace

Result<void> RequestHandlers::add(const RequestDefinition &definition, RequestHandler handler)
{
    QString problem = problemOf(definition.name, m_services.config.limits.eventNameLength);
    if (problem.isEmpty() && m_entries.contains(definition.name))
        problem = QStringLiteral("There is a handler for %1 already").arg(quoted(definition.name));
    if (problem.isEmpty() && !handler)
        problem = QStringLiteral("The handler of %1 is none").arg(quoted(definition.name));
    if (!problem.isEmpty())
        return Error{ErrorCode::ConfigError, problem};
    m_entries.insert(definition.name, std::make_shared<const Entry>(Entry{definition, std::move(handler)}));
    return {};
}

Result<void> RequestHandlers::mayWait(const SocketClient &asker) const
{
    if (m_closed)
        return serverDraining();
    const int most = m_services.config.limits.inboundPerClient;
    if (m_services.waits->of(asker.handshake.sessionId) < most)
        return m_services.answers.mayAsk();
    return Error{ErrorCode::Unavailable,
                 QStringLiteral("%1 of your requests wait for their answers, as many as may "
                                "(limits.inboundPerClient); try again")
                     .arg(most),
                 {},
                 std::chrono::seconds(1)};
}

Result<ClientRequest> RequestHandlers::requestOf(const Entry &entry, const SocketClient &asker,
                                                 QObject *object, IncomingEvent &&event) const
{
    JsonData data = firstOf(event.args);
    const RequestDefinition &definition = entry.definition;
    const int steps = m_services.config.limits.validationSteps;
    if (const auto admitted = definition.schema.admit(data, definition.admission, steps); !admitted) {
        if (admitted.error().code == ErrorCode::LimitReached)
            m_services.budgets.countTooManySteps();
        return admitted.error();
    }
    QJsonArray args = event.args.toArray();
    if (!args.isEmpty())
        args[0] = data; // As it was admitted.
    return ClientRequest{.name = definition.name,
                         .data = std::move(data),
                         .args = std::move(args),
                         .attachments = std::move(event.attachments),
                         .userId = asker.identity.userId,
                         .clientId = asker.id,
                         .isVerified = asker.identity.verified,
                         .meta = asker.identity.meta,
                         .claims = asker.claims(),
                         .client = qobject_cast<ConnectedClient *>(object),
                         .stop = {}};
}

void RequestHandlers::ask(const Entry &entry, SocketClient &asker, QObject *object, IncomingEvent &&event,
                          Done done)
{
    const SocketId socket = asker.socket;
    if (const auto allowed = mayWait(asker); !allowed)
        return done(allowed.error());
    Result<ClientRequest> request = requestOf(entry, asker, object, std::move(event));
    if (!request)
        return done(request.error());
    std::stop_source stop;
    request->stop = stop.get_token();

    const QPointer<QObject> alive(object);
    Answer<QJsonValue> answer = Error{
        ErrorCode::IoError, QStringLiteral("The server failed at this; whether it was done, nobody knows")};
    const auto where = [&entry] { return QStringLiteral("of the request ") + entry.definition.name; };
    guarded(*m_services.handlerExceptions, where, [&] { answer = entry.handler(*std::move(request)); });
    if (answer.isReady())
        return done(m_services.answers.resultOf(answer));
    if (!alive || asker.gone) {
        stop.request_stop();
        return;
    }
    auto &waiting = m_waiting[socket];
    const auto place = waiting.emplace(waiting.end(), m_services.waits, asker.handshake.sessionId);
    place->answer = m_services.answers.wait<QJsonValue>(
        answer, std::move(stop), [this, socket, place, done = std::move(done)](Result<QJsonValue> &&result) {
            const CallDepth::Scope scope(m_services.calls);
            // It outlives what holds this.
            const std::unique_ptr<PendingAnswer> ended = std::move(place->answer);
            const auto still = m_waiting.find(socket);
            still->second.erase(place);
            if (still->second.empty())
                m_waiting.erase(still);
            done(std::move(result));
        });
}

void RequestHandlers::close()
{
    m_closed = true;
    while (!m_waiting.empty())
        m_waiting.begin()->second.front().answer->end(serverDraining());
}

} // namespace dialogue
