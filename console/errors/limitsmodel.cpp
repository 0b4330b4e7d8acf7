#include "console/errors/limitsmodel.h"

#include <QCoreApplication>

namespace dialogue::console {

namespace {

QString limitTitle(const char *text) { return QCoreApplication::translate("LimitsModel", text); }

/** In the order of LimitsModel::Column. */
QList<TableColumn<LimitRow>> limitColumns()
{
    using R = LimitRow;
    QList<TableColumn<R>> columns{
        tableColumn<&R::who, R>(limitTitle(QT_TRANSLATE_NOOP("LimitsModel", "Client or room"))),
        tableColumn<&R::limit, R>(limitTitle(QT_TRANSLATE_NOOP("LimitsModel", "Limit"))),
        tableColumn<&R::share, R>(limitTitle(QT_TRANSLATE_NOOP("LimitsModel", "Used"))),
        tableColumn<&R::used, R>(limitTitle(QT_TRANSLATE_NOOP("LimitsModel", "How much"))),
        tableColumn<&R::roundTrip, R>(limitTitle(QT_TRANSLATE_NOOP("LimitsModel", "Round trip")))};
    columns[LimitsModel::Share].isNumber = false;
    return columns;
}

} // namespace

LimitsModel::LimitsModel(QObject *parent)
    : KeyedTableModel(limitColumns(), parent)
{ }

} // namespace dialogue::console
