#include "console/connection/eventwatch.h"

#include "console/model/watchedevents.h"
#include "core/protocol/admin/names.h"

#include <QDateTime>
#include <QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

namespace names = protocol::admin::names;

} // namespace

EventWatch::EventWatch(AdminConnection &connection, QString name, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_name(std::move(name))
{
    m_reader.setMaxThreadCount(1);
    connection.on(names::batch, this, [this](const SocketIoEvent &event) { take(event); });
    connect(&connection, &AdminConnection::entered, this, [this] {
        if (m_isWanted)
            ask(names::watch);
    });
    connect(&connection, &AdminConnection::stateChanged, this, [this] {
        m_isAsked = m_isAsked && m_connection.isIn();
        if (!m_connection.isIn() && std::exchange(m_isOn, false)) {
            m_wasOn = true;
            Q_EMIT changed();
        }
    });
}

EventWatch::~EventWatch()
{
    stop();
    m_reader.waitForDone();
}

void EventWatch::start(const EventScope &scope)
{
    m_scope = scope;
    m_isWanted = true;
    Q_EMIT changed();
    if (m_connection.isIn() && !m_isAsked)
        ask(m_isOn ? names::update : names::watch);
}

void EventWatch::stop()
{
    ++m_generation;
    const bool wasWanted = std::exchange(m_isWanted, false);
    m_wasOn = false;
    // What is asked for, and not answered yet, is there by the time that this is read.
    if (std::exchange(m_isAsked, false) || m_isOn)
        m_connection.tell(names::unwatch, {{u"watch"_s, m_name}});
    if (std::exchange(m_isOn, false) || wasWanted)
        Q_EMIT changed();
}

QJsonObject EventWatch::request() const
{
    // What an update leaves out stays as it was.
    const auto orAll = [](const QStringList &patterns) {
        return patterns.isEmpty() ? QJsonArray{u"*"_s} : QJsonArray::fromStringList(patterns);
    };
    QJsonObject json{{u"watch"_s, m_name},
                     {u"rooms"_s, orAll(m_scope.rooms)},
                     {u"events"_s, orAll(m_scope.events)},
                     {u"filter"_s, m_scope.filter},
                     {u"fields"_s, m_scope.payload ? u"payload"_s : u"meta"_s},
                     {u"unredacted"_s, m_scope.unredacted}};
    if (m_scope.maxRate > 0)
        json.insert(u"maxRate"_s, m_scope.maxRate);
    return json;
}

void EventWatch::ask(QLatin1String name)
{
    const quint64 generation = ++m_generation;
    m_isAsked = true;
    QJsonObject asked = request();
    if (name == names::watch)
        asked.insert(u"what"_s, u"events"_s);
    const auto told = [this, generation, scope = m_scope](const Result<QJsonObject> &reply) {
        if (generation == m_generation)
            takeAnswer(reply, scope);
    };
    m_connection.ask(name, asked, this, told);
}

void EventWatch::takeAnswer(const Result<QJsonObject> &reply, const EventScope &scope)
{
    m_isAsked = false;
    if (!reply) {
        if (reply.error().code == ErrorCode::ConnectionLost)
            return; // entered() asks again
        m_isWanted = m_isOn;
        if (m_isOn)
            m_scope = m_granted; // Which goes on.
        Q_EMIT failed(reply.error());
        return;
    }
    m_isOn = true;
    m_granted = scope;
    Q_EMIT changed();
    if (std::exchange(m_wasOn, false))
        Q_EMIT resumed();
    if (scope != m_scope)
        ask(names::update); // It was changed in the meantime.
}

void EventWatch::take(const SocketIoEvent &event)
{
    // What is another watch's says so behind its name; all of it is read elsewhere.
    m_reader.start([this, args = event.args, attachments = event.attachments,
                    now = QDateTime::currentMSecsSinceEpoch()] {
        const QJsonValue json = args.toArray().at(0);
        if (json[u"watch"_s].toString() != m_name)
            return;
        const Result<protocol::admin::EventBatch> told = protocol::admin::EventBatch::read(json, attachments);
        QMetaObject::invokeMethod(
            this,
            [this, told, read = told ? eventBatchOf(*told, now) : EventBatch()] {
                if (!told) {
                    Q_EMIT failed(told.error());
                    return;
                }
                m_connection.tell(names::credit, {{u"watch"_s, m_name}, {u"number"_s, qint64(told->number)}});
                if (m_isWanted)
                    Q_EMIT batch(read);
            },
            Qt::QueuedConnection);
    });
}

} // namespace dialogue::console
