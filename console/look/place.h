#pragma once

#include <QMetaType>
#include <QString>

namespace dialogue::console {

/** Where one page leads to on another. */
struct Place
{
    enum class Page { Overview, Rooms, Clients, Events, Audit, Errors, Sanctions };

    Page page;
    QString id = {}; ///< Of a room or a client; of events the room.

    friend bool operator==(const Place &, const Place &) = default;
};

} // namespace dialogue::console

Q_DECLARE_METATYPE(dialogue::console::Place)
