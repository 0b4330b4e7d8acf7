#include "console/overview/figuresfeed.h"

#include "core/protocol/admin/names.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

namespace names = protocol::admin::names;

} // namespace

FiguresFeed::FiguresFeed(AdminConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    m_reader.setMaxThreadCount(1);
    connect(&connection, &AdminConnection::entered, this, [this] {
        m_isWatching = false;
        if (m_isWanted)
            enter();
    });
    connection.on(names::stats, this, [this](const SocketIoEvent &event) {
        if (!m_isWanted)
            return;
        const Result<ToldFigures> newest = ToldFigures::readNewest(event.arg(0).toObject());
        if (!newest) {
            Q_EMIT failed(newest.error());
            return;
        }
        m_log.add(*newest);
        Q_EMIT changed();
    });
}

FiguresFeed::~FiguresFeed()
{
    stop();
    m_reader.waitForDone();
}

void FiguresFeed::start()
{
    if (std::exchange(m_isWanted, true))
        return;
    if (m_connection.isIn())
        enter();
}

void FiguresFeed::stop()
{
    m_isWanted = false;
    ++m_generation;
    if (std::exchange(m_isWatching, false))
        m_connection.tell(names::unwatch, {{u"watch"_s, u"figures"_s}});
}

void FiguresFeed::enter()
{
    ++m_generation;
    if (!m_connection.hello().may(u"look"))
        return;
    m_log.begin(m_connection.hello().run);
    askPast(FiguresLog::Resolution::Coarse);
    askPast(FiguresLog::Resolution::Fine);
    watch();
}

void FiguresFeed::askPast(FiguresLog::Resolution resolution)
{
    const bool isFine = resolution == FiguresLog::Resolution::Fine;
    const QJsonObject request{{u"what"_s, u"past"_s},
                              {u"id"_s, isFine ? u"1s"_s : u"10s"_s},
                              {u"since"_s, m_log.newestTime(resolution)}};
    const quint64 generation = m_generation;
    m_connection.ask(names::get, request, this,
                     [this, resolution, generation](const Result<QJsonObject> &reply) {
                         if (generation != m_generation)
                             return;
                         if (!reply) {
                             if (reply.error().code != ErrorCode::ConnectionLost) // entered() asks again
                                 Q_EMIT failed(reply.error());
                             return;
                         }
                         m_reader.start([this, resolution, generation, json = *reply] {
                             const Result<ToldFigures> past = ToldFigures::readPast(json);
                             QMetaObject::invokeMethod(
                                 this,
                                 [this, resolution, generation, past] {
                                     if (generation != m_generation)
                                         return;
                                     if (!past) {
                                         Q_EMIT failed(past.error());
                                         return;
                                     }
                                     m_log.addPast(resolution, *past);
                                     Q_EMIT changed();
                                 },
                                 Qt::QueuedConnection);
                         });
                     });
}

void FiguresFeed::watch()
{
    const quint64 generation = m_generation;
    m_isWatching = true;
    m_connection.ask(names::watch, {{u"watch"_s, u"figures"_s}, {u"what"_s, u"stats"_s}}, this,
                     [this, generation](const Result<QJsonObject> &reply) {
                         if (generation != m_generation || reply)
                             return;
                         m_isWatching = false;
                         if (reply.error().code != ErrorCode::ConnectionLost)
                             Q_EMIT failed(reply.error());
                     });
}

} // namespace dialogue::console
