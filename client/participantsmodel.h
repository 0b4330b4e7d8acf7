#pragma once

#include "client/export.h"
#include "client/participant.h"

#include <QAbstractListModel>
#include <QList>
#include <QPointer>

namespace dialogue {

class RoomContext;

/**
 * Who is in a room, a row for each user in the order of their ids, kept up to date as
 * RoomContext::watchParticipants() does it, which this calls. It is empty where the room tells nothing, and
 * once it was left.
 */
class DIALOGUE_CLIENT_EXPORT ParticipantsModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int users READ users NOTIFY countsChanged)
    Q_PROPERTY(int connections READ connections NOTIFY countsChanged)
public:
    enum Role {
        UserIdRole = Qt::UserRole + 1, ///< Qt::DisplayRole is the same.
        ConnectionsRole,
    };
    Q_ENUM(Role)

    explicit ParticipantsModel(RoomContext *room, QObject *parent = nullptr);

    /** How many there are: all rows, or more of them than there are rows as long as the room is still telling
     * of them, or tells nobody's name. */
    [[nodiscard]] int users() const;
    [[nodiscard]] int connections() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countsChanged();

private:
    void reset();
    void change(const Participant &participant);

    QPointer<RoomContext> m_room;
    QList<Participant> m_participants; ///< As the room has them once it has told all.
};

} // namespace dialogue
