#include "console/connection/detailsfeed.h"

#include "core/protocol/admin/names.h"

#include <QTimerEvent>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

DetailsFeed::DetailsFeed(AdminConnection &connection, QString what, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_what(std::move(what))
{
    connect(&connection, &AdminConnection::entered, this, &DetailsFeed::ask);
}

void DetailsFeed::setId(const QString &id)
{
    m_id = id;
    ask();
}

void DetailsFeed::setActive(bool active)
{
    m_isActive = active;
    ask();
}

void DetailsFeed::ask()
{
    m_pause.stop();
    ++m_generation;
    if (m_id.isEmpty() || !m_isActive)
        return;
    m_connection.ask(protocol::admin::names::get, {{u"what"_s, m_what}, {u"id"_s, m_id}}, this,
                     [this, generation = m_generation](const Result<QJsonObject> &reply) {
                         if (generation == m_generation)
                             take(reply);
                     });
}

void DetailsFeed::take(const Result<QJsonObject> &reply)
{
    const bool isGone = !reply
        && (reply.error().code == ErrorCode::NotFound || reply.error().code == ErrorCode::RoomNotFound);
    if (!isGone || m_what == u"room")
        m_pause.start(PauseMs, this);
    if (reply)
        Q_EMIT told(reply->value(m_what).toObject());
    else if (isGone)
        Q_EMIT gone();
}

void DetailsFeed::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_pause.timerId())
        ask();
}

} // namespace dialogue::console
