#pragma once

#include "client/export.h"

#include <QObject>
#include <QString>

namespace dialogue {

/** A user in a room, over one or more connections. */
struct DIALOGUE_CLIENT_EXPORT Participant
{
    Q_GADGET
    Q_PROPERTY(QString userId MEMBER userId)
    Q_PROPERTY(int connections MEMBER connections)
public:
    QString userId;
    int connections = 1; ///< In that room; 0, where a change is told: the user has left.

    friend bool operator==(const Participant &, const Participant &) = default;
};

} // namespace dialogue

Q_DECLARE_METATYPE(dialogue::Participant)
