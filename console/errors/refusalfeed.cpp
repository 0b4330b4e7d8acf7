#include "console/errors/refusalfeed.h"

#include "console/lists/rowreader.h"
#include "core/protocol/admin/names.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr qsizetype MostRowsOfAMessage = 1000; // No server of ours tells more.
constexpr qint64 MostCounted = 1'000'000'000;

QList<RefusalRow> refusalsOf(const QJsonObject &message)
{
    QList<RefusalRow> rows;
    const QJsonArray told = message[u"rows"_s].toArray();
    for (qsizetype i = 0; i < std::min(told.size(), MostRowsOfAMessage); ++i)
        rows.append(refusalRowOf(told[i].toObject()));
    return rows;
}

} // namespace

RefusalFeed::RefusalFeed(AdminConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_watch(connection, u"errors"_s, AdminWatch::errors())
{
    connect(&m_watch, &AdminWatch::began, this, [this] {
        if (std::exchange(m_run, m_connection.hello().run) != m_run)
            Q_EMIT began();
        ++m_generation;
        list({}, 0);
    });
    connect(&m_watch, &AdminWatch::told, this, [this](const QJsonObject &message) {
        Q_EMIT rows(refusalsOf(message));
        const QJsonObject dropped = message[u"dropped"_s].toObject();
        for (auto each = dropped.begin(); each != dropped.end(); ++each)
            Q_EMIT counted(cellText(each.key()), int(std::clamp<qint64>(each->toInteger(), 0, MostCounted)));
    });
    connect(&m_watch, &AdminWatch::failed, this, &RefusalFeed::failed);
}

void RefusalFeed::setActive(bool active)
{
    ++m_generation;
    if (active)
        m_watch.start();
    else
        m_watch.stop();
}

void RefusalFeed::list(const QString &after, int pages)
{
    QJsonObject request{{u"what"_s, u"errors"_s}, {u"limit"_s, PageRows}};
    if (!after.isEmpty())
        request.insert(u"after"_s, after);
    m_connection.ask(protocol::admin::names::list, request, this,
                     [this, pages, generation = m_generation](const Result<QJsonObject> &reply) {
                         if (generation != m_generation)
                             return;
                         if (!reply) {
                             if (reply.error().code != ErrorCode::ConnectionLost)
                                 Q_EMIT failed(reply.error());
                             return;
                         }
                         Q_EMIT rows(refusalsOf(*reply));
                         const QString next = (*reply)[u"next"_s].toString();
                         if (!next.isEmpty() && pages + 1 < MostPages)
                             list(next, pages + 1);
                         else
                             Q_EMIT listed();
                     });
}

} // namespace dialogue::console
