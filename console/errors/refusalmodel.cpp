#include "console/errors/refusalmodel.h"

#include "console/lists/rowreader.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QString refusalTitle(const char *text) { return QCoreApplication::translate("RefusalModel", text); }

/** In the order of RefusalModel::Column. */
QList<TableColumn<RefusalRow>> refusalColumns()
{
    using R = RefusalRow;
    return {tableColumn<&R::time, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "Time"))),
            tableColumn<&R::code, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "Code"))),
            tableColumn<&R::request, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "Request"))),
            tableColumn<&R::room, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "Room"))),
            tableColumn<&R::user, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "User"))),
            tableColumn<&R::address, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "Address"))),
            tableColumn<&R::path, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "Path"))),
            tableColumn<&R::message, R>(refusalTitle(QT_TRANSLATE_NOOP("RefusalModel", "Message")))};
}

} // namespace

RefusalRow refusalRowOf(const QJsonObject &json)
{
    const qint64 number = json[u"number"_s].toInteger();
    return {.id = QString::number(number),
            .number = number,
            .time = json[u"time"_s].toInteger(),
            .code = cellText(json[u"code"_s].toString()),
            .request = cellText(json[u"request"_s].toString()),
            .room = cellText(json[u"room"_s].toString()),
            .user = cellText(json[u"user"_s].toString()),
            .address = cellText(json[u"address"_s].toString()),
            .path = cellText(json[u"path"_s].toString()),
            .message = cellText(json[u"message"_s].toString()),
            .client = json[u"client"_s].toString(),
            .roomId = json[u"room"_s].toString()};
}

RefusalModel::RefusalModel(QObject *parent)
    : KeyedTableModel(refusalColumns(), parent)
{ }

bool RefusalModel::add(const RefusalRow &row)
{
    if (row.number <= m_forgotten || !m_kept.emplace(row.number, row).second)
        return false;
    if (isWantedCode(row))
        set(row);
    if (m_kept.size() > MostRows) {
        m_forgotten = m_kept.begin()->first;
        m_kept.erase(m_kept.begin());
        remove(QString::number(m_forgotten));
    }
    return true;
}

void RefusalModel::forgetAll()
{
    m_kept.clear();
    m_forgotten = 0;
    clear();
}

void RefusalModel::setCode(const QString &code)
{
    if (m_code == code)
        return;
    m_code = code;
    clear();
    for (const auto &[number, row] : m_kept) {
        if (isWantedCode(row))
            set(row);
    }
    flush();
}

} // namespace dialogue::console
