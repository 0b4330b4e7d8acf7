#include "console/acting/actionrun.h"

#include "core/protocol/admin/names.h"
#include "core/protocol/dialogue/errors.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

ActionRun::ActionRun(AdminConnection &connection, QString action, QList<QJsonObject> targets, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_action(std::move(action))
    , m_targets(std::move(targets))
    , m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    connect(&connection, &AdminConnection::entered, this, [this] {
        if (std::exchange(m_waitsForConnection, false))
            goOn();
    });
}

QJsonObject ActionRun::requestFor(qsizetype from) const
{
    QJsonObject request{{u"id"_s, m_id + u'-' + QString::number(from)}, {u"action"_s, m_action}};
    if (!m_reason.isEmpty())
        request.insert(u"reason"_s, m_reason);
    if (m_targets.size() == 1) {
        request.insert(u"args"_s, m_targets.first());
        return request;
    }
    QJsonArray each;
    const qsizetype end = std::min(from + MostAtOnce, m_targets.size());
    for (qsizetype i = from; i < end; ++i)
        each.append(m_targets[i]);
    request.insert(u"each"_s, each);
    return request;
}

void ActionRun::tryOut()
{
    const quint64 number = ++m_tries;
    const auto sum = std::make_shared<qint64>(0);
    const auto left = std::make_shared<qsizetype>((m_targets.size() + MostAtOnce - 1) / MostAtOnce);
    for (qsizetype from = 0; from < m_targets.size(); from += MostAtOnce) {
        QJsonObject request = requestFor(from);
        request.insert(u"dryRun"_s, true);
        m_connection.ask(protocol::admin::names::act, request, this,
                         [this, number, sum, left](const Result<QJsonObject> &reply) {
                             if (number != m_tries)
                                 return;
                             if (!reply) {
                                 ++m_tries; // what the others say adds up to nothing
                                 Q_EMIT failed(reply.error());
                                 return;
                             }
                             *sum += reply->value(u"reaches"_s).toInteger();
                             if (--*left == 0)
                                 Q_EMIT reached(*sum);
                         });
    }
}

void ActionRun::start(const QString &reason)
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_reason = reason;
    goOn();
}

void ActionRun::stop()
{
    if (m_waitsForConnection) {
        m_waitsForConnection = m_isRunning = false;
        Q_EMIT finished();
        return;
    }
    m_isRunning = false;
}

void ActionRun::goOn()
{
    if (!m_isRunning || m_next >= m_targets.size()) {
        m_isRunning = false;
        Q_EMIT finished();
        return;
    }
    const qsizetype count = std::min(MostAtOnce, m_targets.size() - m_next);
    m_connection.ask(protocol::admin::names::act, requestFor(m_next), this,
                     [this, count](const Result<QJsonObject> &reply) { take(count, reply); });
}

void ActionRun::take(qsizetype count, const Result<QJsonObject> &reply)
{
    if (!reply && reply.error().code == ErrorCode::ConnectionLost && m_isRunning) {
        if (m_connection.isIn())
            return goOn();
        m_waitsForConnection = true;
        return;
    }
    const QJsonArray results = reply ? reply->value(u"results"_s).toArray() : QJsonArray();
    for (qsizetype i = 0; i < count; ++i) {
        if (!reply) {
            m_failures.append({m_next + i, reply.error()});
        } else if (m_targets.size() == 1) {
            m_result = reply->value(u"result"_s).toObject();
            ++m_done;
        } else if (const auto one = protocol::readAck(results.at(int(i))); !one) {
            m_failures.append({m_next + i, one.error()});
        } else {
            m_result = one->value(u"result"_s).toObject();
            ++m_done;
        }
    }
    m_next += count;
    Q_EMIT progressed(m_next);
    goOn();
}

} // namespace dialogue::console
