#pragma once

#include "server/config/field.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

// The tables that declare each field of a configuration file once.

Fields<ServerConfig> serverFields();
Fields<ServerConfig> authFields(); ///< Of those the ones of `auth`.
Fields<RoomConfig> roomFields();
Fields<RoomConfig> templateFields(); ///< Of those the ones that are not its creator's to say.
Fields<EventDefinition> eventFields();
Fields<JwtKeyConfig> jwtKeyFields();

/** A part of the file that holds fields, and what it is about. */
struct Section
{
    QString key; ///< Empty for the top level.
    QString doc;
    bool orFlag = false; ///< true or false may stand in its place.
};
QList<Section> sections();

/** What there is to say of the members the tables do not hold, for they are not plain values. */
QString roomsDoc();
QString templatesDoc();
QString eventsDoc();
QString schemaDoc();
QString metaDoc();
QString jwtKeysDoc();

} // namespace dialogue::config
