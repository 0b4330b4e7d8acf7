#include "client/connection/serverrequests.h"

#include "core/base/foreigntext.h"

#include <utility>

namespace dialogue::client {

ServerRequests::ServerRequests(int most, std::shared_ptr<ExceptionLog> exceptions, QObject *parent)
    : QObject(parent)
    , m_most(most)
    , m_exceptions(std::move(exceptions))
{ }

void ServerRequests::setHandler(const QString &name, QObject *context, Handler handler)
{
    if (handler && context)
        m_entries.insert(name, {context, std::move(handler)});
    else
        m_entries.remove(name);
}

bool ServerRequests::answers(const QString &name) const
{
    const auto found = m_entries.constFind(name);
    return found != m_entries.cend() && found->context;
}

void ServerRequests::ask(const EventMessage &asked, Done done)
{
    const Entry entry = m_entries.value(asked.event); // It may be replaced by the handler.
    if (!entry.context) {
        return done(Error{ErrorCode::InvalidRequest,
                          QStringLiteral("This client answers no request '%1'").arg(asked.event.left(64))});
    }
    if (m_watchers.size() >= m_most) {
        return done(Error{ErrorCode::Unavailable,
                          QStringLiteral("%1 requests wait for this client's answers, as many as may "
                                         "(limits.requests); try again")
                              .arg(m_most),
                          {},
                          std::chrono::seconds(1)});
    }
    const QPointer<ServerRequests> alive(this);
    const std::shared_ptr<ExceptionLog> exceptions = m_exceptions; // The handler may throw after our end.
    Answer<QJsonValue> answer = Error{
        ErrorCode::IoError, QStringLiteral("The client failed at this; whether it was done, nobody knows")};
    const auto where = [&asked] { return QStringLiteral("of the request ") + quoted(asked.event); };
    guarded(*exceptions, where, [&] { answer = entry.handler(asked); });
    if (!alive)
        return;
    if (answer.isReady())
        return done(answer.result(exceptions.get()));
    const auto watcher = std::make_shared<QObject *>(nullptr);
    *watcher = answer.watch(this, [this, watcher, answer, done = std::move(done)] {
        const Done told = done; // It goes with the watcher.
        finished(*watcher);
        told(answer.result(m_exceptions.get()));
    });
    m_watchers.append(*watcher);
}

void ServerRequests::finished(QObject *watcher)
{
    m_watchers.removeOne(watcher);
    watcher->deleteLater();
}

void ServerRequests::abandon()
{
    for (QObject *const watcher : std::exchange(m_watchers, {})) {
        watcher->disconnect();
        watcher->deleteLater();
    }
}

} // namespace dialogue::client
