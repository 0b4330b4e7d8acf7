#pragma once

#include "client/participant.h"

#include <QList>

#include <algorithm>

namespace dialogue::client {

/** Where \a userId stands in a list in the order of user ids, or would. */
inline qsizetype placeOf(const QList<Participant> &list, const QString &userId)
{
    return std::ranges::lower_bound(list, userId, {}, &Participant::userId) - list.begin();
}

/** Whether \a userId stands at \a place, which is placeOf() it. */
inline bool isAt(const QList<Participant> &list, qsizetype place, const QString &userId)
{
    return place < list.size() && list.at(place).userId == userId;
}

/** It has so many connections now. */
inline void put(QList<Participant> &list, const Participant &participant)
{
    const qsizetype place = placeOf(list, participant.userId);
    const bool isThere = isAt(list, place, participant.userId);
    if (participant.connections == 0) {
        if (isThere)
            list.removeAt(place);
    } else if (isThere) {
        list[place] = participant;
    } else {
        list.insert(place, participant);
    }
}

} // namespace dialogue::client
