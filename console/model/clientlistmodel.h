#pragma once

#include "console/model/keyedtablemodel.h"

#include <QString>

namespace dialogue::console {

/** A client as an operator sees it: one that is connected, or has been. */
struct ClientRow
{
    QString id; ///< Of its session.
    QString user = {};
    bool isVerified = false; ///< An authenticator vouches for the user.
    QString address = {};
    QString transport = {};
    bool isSecure = false; ///< Over TLS.
    int rooms = 0;
    double roundTrip = -1; ///< Milliseconds from ping to pong; negative: none yet.
    qint64 queueBytes = 0; ///< That wait to be sent.
    bool isRecovered = false; ///< It came back, and missed nothing.
    qint64 left = 0; ///< Milliseconds since the Unix epoch; 0: it is there.
    QString reason = {}; ///< Why it left.

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
        Transport,
        Secure,
        Rooms,
        RoundTrip,
        QueueBytes,
        Recovered,
        Left,
        Reason,
        ColumnCount
    };

    explicit ClientListModel(QObject *parent = nullptr);
};

} // namespace dialogue::console
