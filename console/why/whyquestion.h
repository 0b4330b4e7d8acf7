#pragma once

#include <QMetaType>
#include <QString>

namespace dialogue::console {

/** The event that somebody did not get; what is known of it where the room keeps it no more. */
struct WhyQuestion
{
    QString room = {};
    QString event = {};
    qint64 offset = 0; ///< 0: it has none.
    qint64 time = 0; ///< Milliseconds since the Unix epoch; 0: not known.
    qint64 seq = 0; ///< The server's; 0: not known.
};

} // namespace dialogue::console

Q_DECLARE_METATYPE(dialogue::console::WhyQuestion)
