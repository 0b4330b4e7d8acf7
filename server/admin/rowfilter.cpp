#include "server/admin/rowfilter.h"

#include "server/admin/rows.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

bool matches(const Filter &filter, const QJsonObject &row)
{
    return filter.matches({.data = QJsonDocument(row).toJson(QJsonDocument::Compact)});
}

} // namespace

Result<RowFilter> RowFilter::of(const QStringList &names, const QString &text)
{
    const Result<Filter> filter = Filter::parseOver(names, text);
    if (!filter)
        return Error{filter.error().code, filter.error().message, u"where"_s};
    RowFilter made;
    made.m_filter = *filter;
    return made;
}

Result<RowFilter> RowFilter::ofRooms(const QString &text)
{
    return of({u"id"_s, u"name"_s, u"size"_s, u"maxSize"_s, u"offset"_s, u"keptBytes"_s, u"declared"_s,
               u"dropped"_s, u"replaced"_s},
              text);
}

// How well a client reads, those threads know that write to it, and not the hub.
Result<RowFilter> RowFilter::ofClients(const QString &text)
{
    return of({u"id"_s, u"userId"_s, u"verified"_s, u"rooms"_s, u"transport"_s, u"secure"_s, u"address"_s,
               u"recovered"_s},
              text);
}

bool RowFilter::wants(const Room &room) const { return isEmpty() || matches(m_filter, rowOf(room)); }

bool RowFilter::wants(const ConnectedClient &client, const Account &account, const QByteArray &salt) const
{
    return isEmpty() || matches(m_filter, rowOf(client, account, salt));
}

} // namespace dialogue::admin
