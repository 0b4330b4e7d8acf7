#include "console/model/roomlistmodel.h"

#include <QCoreApplication>

namespace dialogue::console {

namespace {

QString roomTitle(const char *text) { return QCoreApplication::translate("RoomListModel", text); }

/** In the order of RoomListModel::Column. */
QList<TableColumn<RoomRow>> roomColumns()
{
    return {
        tableColumn<&RoomRow::id, RoomRow>(roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Room"))),
        tableColumn<&RoomRow::name, RoomRow>(roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Name"))),
        tableColumn<&RoomRow::size, RoomRow>(roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Participants"))),
        tableColumn<&RoomRow::maxSize, RoomRow>(roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "At most"))),
        tableColumn<&RoomRow::eventsPerSecond, RoomRow>(
            roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Events/s"))),
        tableColumn<&RoomRow::dropped, RoomRow>(roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Dropped"))),
        tableColumn<&RoomRow::replaced, RoomRow>(roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Replaced"))),
        tableColumn<&RoomRow::lastOffset, RoomRow>(
            roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Last offset"))),
        tableColumn<&RoomRow::keptBytes, RoomRow>(roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Kept"))),
        tableColumn<&RoomRow::isDeclared, RoomRow>(
            roomTitle(QT_TRANSLATE_NOOP("RoomListModel", "Declared")))};
}

} // namespace

RoomListModel::RoomListModel(QObject *parent)
    : KeyedTableModel(roomColumns(), parent)
{ }

} // namespace dialogue::console
