#include "server/auth/placetext.h"

namespace dialogue {

QByteArray placeText(const RoomsWanted::Place &place)
{
    return QByteArray::number(place.run, 16) + '-' + QByteArray::number(place.seq);
}

std::optional<RoomsWanted::Place> placeOf(QByteArrayView text)
{
    const qsizetype dash = text.indexOf('-');
    if (dash < 0)
        return std::nullopt;
    bool isRun = false;
    bool isSeq = false;
    const RoomsWanted::Place place{.run = text.first(dash).toULongLong(&isRun, 16),
                                   .seq = text.sliced(dash + 1).toULongLong(&isSeq)};
    return isRun && isSeq ? std::optional(place) : std::nullopt;
}

} // namespace dialogue
