#include "console/connection/adminwatch.h"

#include "core/protocol/admin/names.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

namespace names = protocol::admin::names;

} // namespace

AdminWatch::Kind AdminWatch::errors() { return {u"errors"_s, names::errors, u"number"_s}; }
AdminWatch::Kind AdminWatch::audit() { return {u"audit"_s, names::audit, u"number"_s}; }
AdminWatch::Kind AdminWatch::rooms() { return {u"rooms"_s, names::state, u"rev"_s}; }
AdminWatch::Kind AdminWatch::clients() { return {u"clients"_s, names::state, u"rev"_s}; }

AdminWatch::AdminWatch(AdminConnection &connection, QString name, Kind kind, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_name(std::move(name))
    , m_kind(std::move(kind))
{
    connection.on(m_kind.event, this, [this](const SocketIoEvent &event) {
        const QJsonObject message = event.arg(0).toObject();
        if (message[u"watch"_s].toString() != m_name)
            return;
        m_connection.tell(names::credit, {{u"watch"_s, m_name}, {u"number"_s, message[m_kind.number]}});
        if (m_isOn)
            Q_EMIT told(message);
    });
    connect(&connection, &AdminConnection::entered, this, [this] {
        if (m_isWanted)
            ask();
    });
    connect(&connection, &AdminConnection::stateChanged, this, [this] {
        m_isAsked = m_isAsked && m_connection.isIn();
        m_isOn = m_isOn && m_connection.isIn();
    });
}

AdminWatch::~AdminWatch() { stop(); }

void AdminWatch::start(const QJsonObject &with)
{
    const bool isSame = m_isWanted && m_with == with;
    m_isWanted = true;
    m_with = with;
    if (!isSame && m_connection.isIn() && !m_isAsked)
        ask();
}

void AdminWatch::stop()
{
    ++m_generation;
    m_isWanted = false;
    // What is asked for, and not answered yet, is there by the time that this is read.
    if (std::exchange(m_isAsked, false) || m_isOn)
        m_connection.tell(names::unwatch, {{u"watch"_s, m_name}});
    m_isOn = false;
}

void AdminWatch::ask()
{
    m_isAsked = true;
    QJsonObject request = m_with;
    request.insert(u"watch"_s, m_name);
    if (!m_isOn)
        request.insert(u"what"_s, m_kind.what);
    m_connection.ask(m_isOn ? names::update : names::watch, request, this,
                     [this, generation = ++m_generation, with = m_with](const Result<QJsonObject> &reply) {
                         if (generation == m_generation)
                             takeAnswer(reply, with);
                     });
}

void AdminWatch::takeAnswer(const Result<QJsonObject> &reply, const QJsonObject &with)
{
    m_isAsked = false;
    if (!reply) {
        if (reply.error().code == ErrorCode::ConnectionLost)
            return; // entered() asks again
        m_isWanted = m_isOn;
        Q_EMIT failed(reply.error());
        return;
    }
    if (!std::exchange(m_isOn, true))
        Q_EMIT began();
    if (m_isWanted && with != m_with)
        ask(); // It was changed in the meantime.
}

} // namespace dialogue::console
