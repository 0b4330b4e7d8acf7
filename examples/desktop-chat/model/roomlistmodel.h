#pragma once

#include <dialogue/client/roominfo.h>

#include <QAbstractListModel>
#include <QHash>

namespace chat {

/** The rooms of the server, in its order, each with what came there unread. */
class RoomListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, DescriptionRole, SizeRole, SizeTextRole, UnreadRole };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    /** The server's list as it is now. Rows that stay, stay: a selection survives. */
    void setRooms(const QList<dialogue::RoomInfo> &rooms);
    void add(const dialogue::RoomInfo &room);
    void remove(const QString &roomId);
    void countIn(const QString &roomId); ///< One more is in it.
    void addUnread(const QString &roomId);
    void setRead(const QString &roomId);

    [[nodiscard]] int rowOf(const QString &roomId) const; ///< -1: none such.
    [[nodiscard]] const dialogue::RoomInfo *find(const QString &roomId) const; ///< Null: none such.
    [[nodiscard]] int unread() const; ///< In all.

private:
    void tellUnread(const QString &roomId);

    QList<dialogue::RoomInfo> m_rooms;
    QHash<QString, int> m_unread;
};

} // namespace chat
