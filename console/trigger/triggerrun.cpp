#include "console/trigger/triggerrun.h"

#include "core/protocol/admin/names.h"

#include <QUuid>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

QJsonObject requestOf(const QString &id, const QString &room, const Trigger &trigger)
{
    QJsonObject args{{u"roomId"_s, room}, {u"event"_s, trigger.event}, {u"data"_s, trigger.data}};
    if (!trigger.meta.isEmpty())
        args.insert(u"meta"_s, trigger.meta);
    return {{u"id"_s, id}, {u"action"_s, u"triggerEvent"_s}, {u"args"_s, args}};
}

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

} // namespace

TriggerRun::TriggerRun(AdminConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, [this] {
        if (!m_isOnItsWay)
            send();
    });
}

void TriggerRun::count(const QString &room, const Trigger &trigger)
{
    QJsonObject request = requestOf(newId(), room, trigger);
    request.insert(u"dryRun"_s, true);
    m_connection.ask(protocol::admin::names::act, request, this,
                     [this, number = ++m_count](const Result<QJsonObject> &reply) {
                         if (number != m_count)
                             return;
                         Q_EMIT counted(reply.transform(
                             [](const QJsonObject &json) { return json.value("reaches"_L1).toInteger(); }));
                     });
}

void TriggerRun::start(const Order &order)
{
    if (m_isRunning)
        return;
    if (!(m_order == order))
        m_id.clear();
    m_order = order;
    m_order.times = std::clamp(order.times, 1, MostTimes);
    m_order.interval = std::clamp(order.interval, ShortestInterval, LongestInterval);
    m_done = 0;
    m_last = QJsonObject();
    m_isRunning = true;
    send();
}

void TriggerRun::stop()
{
    if (m_isRunning && !m_isOnItsWay)
        finish(m_last);
    m_order.times = m_done; // And one on its way is the last.
    m_next.stop();
}

void TriggerRun::send()
{
    if (m_id.isEmpty())
        m_id = newId();
    QJsonObject request = requestOf(m_id, m_order.room, m_order.trigger);
    if (!m_order.reason.isEmpty())
        request.insert(u"reason"_s, m_order.reason);
    m_isOnItsWay = true;
    m_next.start(m_order.interval);
    m_connection.ask(protocol::admin::names::act, request, this,
                     [this](const Result<QJsonObject> &reply) { take(reply); });
}

void TriggerRun::take(const Result<QJsonObject> &outcome)
{
    m_isOnItsWay = false;
    m_last = outcome;
    const bool isLost = !outcome
        && (outcome.error().code == ErrorCode::ConnectionLost || outcome.error().code == ErrorCode::Timeout);
    if (!isLost)
        m_id.clear();
    if (outcome)
        Q_EMIT progressed(++m_done);
    if (!outcome || m_done >= m_order.times)
        return finish(outcome);
    if (!m_next.isActive())
        send();
}

void TriggerRun::finish(const Result<QJsonObject> &outcome)
{
    m_next.stop();
    m_isRunning = false;
    Q_EMIT finished(outcome);
}

} // namespace dialogue::console
