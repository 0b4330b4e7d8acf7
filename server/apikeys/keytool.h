#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/export.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

/** What dialogue-server does with API keys at a command line. */
namespace dialogue::apikeys {

/** A key to be made, or a second secret of one that is there; of that only the expiry is to be said. */
struct KeyRequest
{
    QString id;
    QString from = {};
    QStringList scopes = {};
    QStringList rooms = {}; ///< None: all.
    QStringList roles = {};
    QString expires = {}; ///< A date or a time in UTC; empty: never.
};

/** ConfigError where the keys of \a config cannot be read, or are bad. */
DIALOGUE_SERVER_EXPORT Result<void> checkKeys(const ApiKeysConfig &config);
/** The key's text, of which its file now has the hash; it is made where there is none. ConfigError for a
 * request that cannot be, IoError where the file cannot be written. */
DIALOGUE_SERVER_EXPORT Result<QByteArray> newKey(const ApiKeysConfig &config, const KeyRequest &request);
/** What there is, for people. */
DIALOGUE_SERVER_EXPORT Result<QString> listedKeys(const ApiKeysConfig &config);
/** Takes \a id out, or of its two secrets the older. */
DIALOGUE_SERVER_EXPORT Result<void> revokeKey(const ApiKeysConfig &config, const QString &id, bool onlyOlder);

} // namespace dialogue::apikeys
