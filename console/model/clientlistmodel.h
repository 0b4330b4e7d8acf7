#pragma once

#include "console/model/keyedtablemodel.h"

#include <QString>

namespace dialogue::console {

/** A connected client as an operator sees it. */
struct ClientRow
{
    QString id; ///< Of its session.
    QString user = {};
    bool isVerified = false; ///< An authenticator vouches for the user.
    QString address = {};
    QString agent = {}; ///< As its headers say.
    QString transport = {};
    qint64 connectedAt = 0; ///< Milliseconds since the Unix epoch.
    int rooms = 0;
    double roundTrip = -1; ///< Milliseconds from ping to pong; negative: none yet.
    qint64 queueBytes = 0; ///< That wait to be sent.
    qint64 queueFrames = 0;
    qint64 queueAge = 0; ///< Of the oldest of them, in milliseconds.
    qint64 dropped = 0;
    QString node = {};

    friend bool operator==(const ClientRow &, const ClientRow &) = default;
};

/** All clients, or those that were searched for. */
class ClientListModel : public KeyedTableModel<ClientRow>
{
public:
    enum Column {
        Id,
        User,
        Verified,
        Address,
        Agent,
        Transport,
        ConnectedAt,
        Rooms,
        RoundTrip,
        QueueBytes,
        QueueFrames,
        QueueAge,
        Dropped,
        Node,
        ColumnCount
    };

    explicit ClientListModel(QObject *parent = nullptr);
};

} // namespace dialogue::console
