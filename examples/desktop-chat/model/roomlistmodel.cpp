#include "model/roomlistmodel.h"

#include <algorithm>
#include <numeric>

namespace chat {

using dialogue::RoomInfo;

namespace {

/** How many there are; and how many there may be, where that is soon reached. */
QString sizeText(const RoomInfo &room)
{
    const bool nearlyFull = room.maxSize && room.size >= *room.maxSize * 4 / 5;
    return nearlyFull ? RoomListModel::tr("%1 of %2").arg(room.size).arg(*room.maxSize)
                      : QString::number(room.size);
}

int indexOf(const QList<RoomInfo> &rooms, const QString &id)
{
    const auto found
        = std::find_if(rooms.begin(), rooms.end(), [&](const RoomInfo &room) { return room.id == id; });
    return found == rooms.end() ? -1 : static_cast<int>(found - rooms.begin());
}

} // namespace

int RoomListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rooms.size());
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RoomInfo &room = m_rooms[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return room.name.isEmpty() ? room.id : room.name;
    case Qt::AccessibleTextRole:
        return tr("%1, %n unread", nullptr, m_unread.value(room.id)).arg(room.name)
            + tr(", %n people", nullptr, room.size);
    case Qt::ToolTipRole:
    case DescriptionRole:
        return room.description;
    case IdRole:
        return room.id;
    case SizeRole:
        return room.size;
    case SizeTextRole:
        return sizeText(room);
    case UnreadRole:
        return m_unread.value(room.id);
    default:
        return {};
    }
}

void RoomListModel::setRooms(const QList<RoomInfo> &rooms)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (indexOf(rooms, m_rooms[row].id) < 0)
            remove(m_rooms[row].id);
    }
    for (const RoomInfo &room : rooms)
        add(room);
}

void RoomListModel::add(const RoomInfo &room)
{
    if (const int row = rowOf(room.id); row >= 0) {
        m_rooms[row] = room;
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    beginInsertRows({}, rowCount(), rowCount());
    m_rooms.append(room);
    endInsertRows();
}

void RoomListModel::remove(const QString &roomId)
{
    const int row = rowOf(roomId);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rooms.removeAt(row);
    m_unread.remove(roomId);
    endRemoveRows();
}

void RoomListModel::countIn(const QString &roomId)
{
    const int row = rowOf(roomId);
    if (row < 0)
        return;
    ++m_rooms[row].size;
    Q_EMIT dataChanged(index(row), index(row));
}

void RoomListModel::addUnread(const QString &roomId)
{
    ++m_unread[roomId];
    tellUnread(roomId);
}

void RoomListModel::setRead(const QString &roomId)
{
    if (m_unread.remove(roomId))
        tellUnread(roomId);
}

void RoomListModel::tellUnread(const QString &roomId)
{
    if (const int row = rowOf(roomId); row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

int RoomListModel::rowOf(const QString &roomId) const { return indexOf(m_rooms, roomId); }

const RoomInfo *RoomListModel::find(const QString &roomId) const
{
    const int row = rowOf(roomId);
    return row < 0 ? nullptr : &m_rooms[row];
}

int RoomListModel::unread() const { return std::accumulate(m_unread.begin(), m_unread.end(), 0); }

} // namespace chat
