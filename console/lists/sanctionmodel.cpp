#include "console/lists/sanctionmodel.h"

#include <QCoreApplication>

#include <limits>

namespace dialogue::console {

namespace {

QString sanctionTitle(const char *text) { return QCoreApplication::translate("SanctionModel", text); }

/** What has no end is behind all that has one, as the server sorts it. */
qint64 endOf(const SanctionRow &row)
{
    return row.until > 0 ? row.until : std::numeric_limits<qint64>::max();
}

TableColumn<SanctionRow> untilColumn(const QString &title)
{
    auto column = tableColumn<&SanctionRow::until, SanctionRow>(title);
    column.head = [](const SanctionRow &row) { return sortHead(endOf(row)); };
    column.compare = [](const SanctionRow &a, const SanctionRow &b) {
        return int(endOf(b) < endOf(a)) - int(endOf(a) < endOf(b));
    };
    return column;
}

/** Dates stand at the beginning of their cell, and so does what they are called. */
TableColumn<SanctionRow> dateColumn(TableColumn<SanctionRow> column)
{
    column.isNumber = false;
    return column;
}

/** In the order of SanctionModel::Column. */
QList<TableColumn<SanctionRow>> sanctionColumns()
{
    using Row = SanctionRow;
    return {
        tableColumn<&Row::user, Row>(sanctionTitle(QT_TRANSLATE_NOOP("SanctionModel", "User"))),
        tableColumn<&Row::kind, Row>(sanctionTitle(QT_TRANSLATE_NOOP("SanctionModel", "Kind"))),
        tableColumn<&Row::room, Row>(sanctionTitle(QT_TRANSLATE_NOOP("SanctionModel", "Room"))),
        dateColumn(untilColumn(sanctionTitle(QT_TRANSLATE_NOOP("SanctionModel", "Until")))),
        tableColumn<&Row::by, Row>(sanctionTitle(QT_TRANSLATE_NOOP("SanctionModel", "By"))),
        dateColumn(tableColumn<&Row::since, Row>(sanctionTitle(QT_TRANSLATE_NOOP("SanctionModel", "Since")))),
        tableColumn<&Row::reason, Row>(sanctionTitle(QT_TRANSLATE_NOOP("SanctionModel", "Reason")))};
}

} // namespace

SanctionModel::SanctionModel(QObject *parent)
    : KeyedTableModel(sanctionColumns(), parent)
{ }

} // namespace dialogue::console
