#pragma once

#include "cli/base/style.h"
#include "client/roominfo.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

namespace dialogue::cli {

/** "3", or "3/50" where there is a bound. */
QString sizeText(const RoomInfo &room);

/** Rooms in columns, under a heading; a line that says so when there are none. */
QByteArray roomsTable(const QList<RoomInfo> &rooms, const Style &style);

/** What the server told of it, as it stands in dialogue:rooms. */
QJsonObject roomJson(const RoomInfo &room);

/** One JSON object a line, with what the server told: as it stands in dialogue:rooms. */
QByteArray roomsJson(const QList<RoomInfo> &rooms);

} // namespace dialogue::cli
