#pragma once

#include "server/config/field.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

// The tables that declare each field of a configuration file once.

Fields<ServerConfig> serverFields();
Fields<RoomConfig> roomFields();
Fields<EventDefinition> eventFields();

/** A part of the file that holds fields, and what it is about. */
struct Section
{
    QString key; ///< Empty for the top level.
    QString doc;
    bool orFlag = false; ///< true or false may stand in its place.
};
QList<Section> sections();

/** What there is to say of the two members the tables do not hold, for they are not plain values. */
QString roomsDoc();
QString eventsDoc();
QString schemaDoc();

} // namespace dialogue::config
