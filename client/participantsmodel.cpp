#include "client/participantsmodel.h"

#include "client/presence/sortedparticipants.h"
#include "client/roomcontext.h"

namespace dialogue {

ParticipantsModel::ParticipantsModel(RoomContext *room, QObject *parent)
    : QAbstractListModel(parent)
    , m_room(room)
{
    if (!room)
        return;
    m_participants = room->participants();
    connect(room, &RoomContext::participantsReset, this, &ParticipantsModel::reset);
    connect(room, &RoomContext::participantChanged, this, &ParticipantsModel::change);
    connect(room, &RoomContext::participantCountsChanged, this, &ParticipantsModel::countsChanged);
    connect(room, &QObject::destroyed, this, [this] {
        m_room = nullptr;
        reset();
        Q_EMIT countsChanged();
    });
    room->watchParticipants();
}

int ParticipantsModel::users() const { return m_room ? m_room->userCount() : 0; }
int ParticipantsModel::connections() const { return m_room ? m_room->connectionCount() : 0; }

int ParticipantsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_participants.size());
}

QVariant ParticipantsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Participant &participant = m_participants.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case UserIdRole:
        return participant.userId;
    case ConnectionsRole:
        return participant.connections;
    default:
        return {};
    }
}

QHash<int, QByteArray> ParticipantsModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert(UserIdRole, "userId");
    names.insert(ConnectionsRole, "connections");
    return names;
}

void ParticipantsModel::reset()
{
    beginResetModel();
    m_participants = m_room ? m_room->participants() : QList<Participant>();
    endResetModel();
}

void ParticipantsModel::change(const Participant &participant)
{
    const qsizetype place = client::placeOf(m_participants, participant.userId);
    const int row = static_cast<int>(place);
    const bool isThere = client::isAt(m_participants, place, participant.userId);
    if (participant.connections == 0) {
        if (!isThere)
            return;
        beginRemoveRows({}, row, row);
        m_participants.removeAt(place);
        endRemoveRows();
    } else if (isThere) {
        m_participants[place] = participant;
        Q_EMIT dataChanged(index(row), index(row), {ConnectionsRole});
    } else {
        beginInsertRows({}, row, row);
        m_participants.insert(place, participant);
        endInsertRows();
    }
}

} // namespace dialogue
