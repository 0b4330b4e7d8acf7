#pragma once

#include <QHash>
#include <QString>

namespace dialogue::console {

/** Events a second of each room, from how its offset went on between two looks at it. */
class RoomRates
{
public:
    /** \a now in milliseconds, of any clock that only goes on. 0 for a room that is new, or was deleted and
     * created anew. */
    [[nodiscard]] double take(const QString &id, qint64 offset, qint64 now);
    /** What was not looked at since the last call is gone. */
    void forgetOthers();

private:
    struct Look
    {
        qint64 offset;
        qint64 time;
        double rate;
        bool isNew = true; ///< Since the last forgetOthers().
    };
    QHash<QString, Look> m_last;
};

} // namespace dialogue::console
