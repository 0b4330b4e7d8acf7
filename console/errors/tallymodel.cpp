#include "console/errors/tallymodel.h"

#include <QCoreApplication>

namespace dialogue::console {

namespace {

QString tallyTitle(const char *text) { return QCoreApplication::translate("TallyModel", text); }

/** In the order of TallyModel::Column. */
QList<TableColumn<TallyRow>> tallyColumns(const QString &kind)
{
    using R = TallyRow;
    TableColumn<R> trend = tableColumn<&R::all, R>(tallyTitle(QT_TRANSLATE_NOOP("TallyModel", "Trend")));
    trend.value = [](const R &row) { return QVariant::fromValue(row.counts); };
    trend.isNumber = false;
    return {tableColumn<&R::id, R>(kind),
            tableColumn<&R::lastMinute, R>(tallyTitle(QT_TRANSLATE_NOOP("TallyModel", "1 min"))),
            tableColumn<&R::all, R>(tallyTitle(QT_TRANSLATE_NOOP("TallyModel", "15 min"))), trend};
}

} // namespace

TallyModel::TallyModel(const QString &kind, QObject *parent)
    : KeyedTableModel(tallyColumns(kind), parent)
{ }

void TallyModel::show(const Tally &tally)
{
    const QStringList kinds = tally.kinds();
    const QStringList known = ids();
    for (const QString &id : known) {
        if (tally.of(id).all == 0)
            remove(id);
    }
    for (const QString &kind : kinds) {
        const Tally::Of of = tally.of(kind);
        set({.id = kind,
             .all = of.all,
             .lastMinute = of.lastMinute,
             .counts = QList<qint64>(of.counts.begin(), of.counts.end())});
    }
    flush();
}

} // namespace dialogue::console
