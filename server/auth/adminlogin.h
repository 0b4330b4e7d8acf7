#pragma once

#include "server/auth/connectrequest.h"

#include <QString>
#include <QStringList>

namespace dialogue {

/** What somebody brings who wants into /admin, as Hooks::adminAccount gets it: an account and its password,
 * or a token; never both. At most 1024 bytes of a password, 8192 characters of a token. */
struct AdminLogin
{
    QString account = {}; ///< Empty: he brings a token.
    QString password = {};
    QString token = {};
    HandshakeInfo handshake = {}; ///< From where: its address may come in (admin.from).
};

/** Who that is, and what he may: as an account of the configuration. */
struct AdminIdentity
{
    /** 1 to 64 letters, digits and the signs . _ @ -, as in a configuration, and none of its accounts: the
     * audit log has it. */
    QString name = {};
    QString role = {}; ///< "viewer", "inspector", "operator" or "owner". Another one comes in as nothing.
    QStringList rooms = {}; ///< Their ids; one that ends in "*" is for all that begin so. None: no room.
};

} // namespace dialogue
