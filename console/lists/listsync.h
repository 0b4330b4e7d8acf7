#pragma once

#include "console/lists/listfeed.h"
#include "console/lists/livetable.h"
#include "console/model/keyedtablemodel.h"

#include <QSet>

#include <functional>
#include <memory>

namespace dialogue::console {

/** Keeps a model as a feed says: rows come with their page, and those that no page has any more go when all
 * pages are here, so that nothing flickers and a selection stays. \a feed outlives \a model, or is its child.
 */
template <class Row>
void keepInStep(ListFeed &feed, KeyedTableModel<Row> &model, std::function<Row(const QJsonObject &json)> read)
{
    const auto seen = std::make_shared<QSet<QString>>();
    QObject::connect(&feed, &ListFeed::page, &model, [&model, read, seen](const QJsonArray &rows) {
        for (const QJsonValue &each : rows) {
            Row row = read(each.toObject());
            seen->insert(row.id);
            model.set(std::move(row));
        }
    });
    QObject::connect(&feed, &ListFeed::completed, &model, [&model, seen] {
        const QStringList known = model.ids();
        for (const QString &id : known) {
            if (!seen->contains(id))
                model.remove(id);
        }
        seen->clear();
        model.flush();
    });
    QObject::connect(&feed, &ListFeed::failed, &model, [seen] { seen->clear(); });
}

/** The same of the rows that are watched. */
template <class Row>
void keepInStep(LiveTable &live, KeyedTableModel<Row> &model,
                std::function<Row(const QJsonObject &json)> read)
{
    QObject::connect(&live, &LiveTable::row, &model,
                     [&model, read](const QJsonObject &row) { model.set(read(row)); });
    QObject::connect(&live, &LiveTable::gone, &model, [&model](const QString &id) { model.remove(id); });
    QObject::connect(&live, &LiveTable::passed, &model, [&model] { model.flush(); });
}

} // namespace dialogue::console
