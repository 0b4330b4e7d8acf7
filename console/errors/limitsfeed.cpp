#include "console/errors/limitsfeed.h"

#include "console/lists/rowreader.h"
#include "console/look/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr QChar OfClients = u'c'; // An id of a row begins so.
constexpr QChar OfRooms = u'r';

QString limitWord(const char *text) { return QCoreApplication::translate("LimitsModel", text); }

QString ofHowMuch(const QString &used, const QString &most)
{
    return limitWord(QT_TRANSLATE_NOOP("LimitsModel", "%1 of %2")).arg(used, most);
}

} // namespace

LimitsFeed::LimitsFeed(AdminConnection &connection, LimitsModel &model, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_model(model)
    , m_clients(connection)
    , m_rooms(connection)
{
    m_clients.setQuery({.what = u"slowest"_s, .most = Most});
    m_rooms.setQuery({.what = u"rooms"_s, .sort = u"size"_s, .descending = true, .most = Most});
    connect(&m_clients, &ListFeed::page, this, [this](const QJsonArray &rows) {
        for (const QJsonValue &row : rows)
            keep(ofClient(row.toObject(), m_connection.hello().sendQueue), m_seenClients);
    });
    connect(&m_rooms, &ListFeed::page, this, [this](const QJsonArray &rows) {
        for (const QJsonValue &row : rows)
            keep(ofRoom(row.toObject()), m_seenRooms);
    });
    connect(&m_clients, &ListFeed::completed, this, [this] {
        m_hasClients = true;
        removeOthers(OfClients, m_seenClients);
    });
    connect(&m_rooms, &ListFeed::completed, this, [this] {
        m_hasRooms = true;
        removeOthers(OfRooms, m_seenRooms);
    });
    connect(&m_clients, &ListFeed::failed, this, [this] { m_seenClients.clear(); });
    connect(&m_rooms, &ListFeed::failed, this, [this] { m_seenRooms.clear(); });
}

void LimitsFeed::setActive(bool active)
{
    m_clients.setActive(active);
    m_rooms.setActive(active);
}

void LimitsFeed::setPause(std::chrono::milliseconds pause)
{
    m_clients.setPause(pause);
    m_rooms.setPause(pause);
}

void LimitsFeed::keep(const LimitRow &row, QSet<QString> &seen)
{
    if (row.share < LeastShown)
        return;
    seen.insert(row.id);
    m_model.set(row);
}

void LimitsFeed::removeOthers(QChar kind, QSet<QString> &seen)
{
    const QStringList known = m_model.ids();
    for (const QString &id : known) {
        if (id.startsWith(kind) && !seen.contains(id))
            m_model.remove(id);
    }
    seen.clear();
    m_model.flush();
    Q_EMIT changed();
}

LimitRow LimitsFeed::ofClient(const QJsonObject &client, qint64 sendQueue)
{
    const ClientRow row = clientRowOf(client);
    return {.id = OfClients + row.id,
            .who = row.user,
            .limit = limitWord(QT_TRANSLATE_NOOP("LimitsModel", "Send queue")),
            .share = sendQueue > 0 ? double(row.queueBytes) / double(sendQueue) : 0,
            .used = ofHowMuch(bytesText(row.queueBytes), bytesText(sendQueue)),
            .roundTrip = row.roundTrip,
            .clientId = row.id};
}

LimitRow LimitsFeed::ofRoom(const QJsonObject &room)
{
    const RoomRow row = roomRowOf(room);
    return {.id = OfRooms + row.id,
            .who = row.name.isEmpty() ? cellText(row.id) : row.name,
            .limit = limitWord(QT_TRANSLATE_NOOP("LimitsModel", "Participants")),
            .share = row.maxSize > 0 ? double(row.size) / double(row.maxSize) : 0,
            .used = ofHowMuch(numberText(row.size), numberText(row.maxSize)),
            .roomId = row.id};
}

} // namespace dialogue::console
