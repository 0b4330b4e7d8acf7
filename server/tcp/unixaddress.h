#pragma once

#include "core/base/result.h"
#include "server/export.h"
#include "server/tcp/listenhosts.h"

#include <QString>

namespace dialogue {

/** Where a Unix socket is, and who may connect to it. */
struct DIALOGUE_SERVER_EXPORT UnixAddress
{
    QString path;
    uint mode = 0660; ///< Of the file.
    /** Bytes of a path: of sockaddr_un, on Linux. */
    static constexpr qsizetype LongestPath = 107;

    /** \a host: "unix:/run/dialogue.sock", or with a mode "unix:/run/dialogue.sock,mode=0600". ConfigError
     * where no socket can be there. */
    static Result<UnixAddress> parse(const QString &host);
};

} // namespace dialogue
