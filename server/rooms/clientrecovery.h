#pragma once

#include <QByteArray>
#include <QSet>
#include <QString>

#include <vector>

namespace dialogue {

/** What a client has by which it may come back, see Returns. */
struct ClientRecovery
{
    struct Joined
    {
        QString roomId;
        quint64 offset;
    };

    QByteArray pid;
    bool isEntering = false; ///< It comes back, and is not in all its rooms yet.
    bool isRecovered = false;
    bool hasOwnMeta = false; ///< Set by the application.
    std::vector<Joined> meanwhile = {}; ///< Into what the application had it join while it entered.
    QSet<QString> restored = {}; ///< Rooms that it is in again, and has not asked for since.
};

} // namespace dialogue
