#pragma once

#include "server/admin/account.h"
#include "server/bridge/socketfigures.h"

#include <QByteArray>
#include <QJsonObject>

namespace dialogue {
class ConnectedClient;
class Room;
} // namespace dialogue

namespace dialogue::admin {

/** What stands of a room in a list. */
[[nodiscard]] QJsonObject rowOf(const Room &room);
/** And all there is to say of it. */
[[nodiscard]] QJsonObject detailsOf(const Room &room);

/** The same of a client, as far as \a account may know it: who may not see users gets pseudonyms, by \a salt.
 */
[[nodiscard]] QJsonObject rowOf(const ConnectedClient &client, const Account &account,
                                const QByteArray &salt);
[[nodiscard]] QJsonObject detailsOf(const ConnectedClient &client, const Account &account,
                                    const QByteArray &salt);
/** \a row of a client, with how it takes what it is sent. */
[[nodiscard]] QJsonObject withFigures(QJsonObject row, const SocketFigures &figures);
/** It is in a room that \a account is for; or the account is for all. */
[[nodiscard]] bool isWithin(const ConnectedClient &client, const Account &account);

} // namespace dialogue::admin
