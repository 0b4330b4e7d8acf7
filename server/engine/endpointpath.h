#pragma once

#include "server/config/serverconfig.h"

#include <QByteArrayView>

#include <algorithm>

namespace dialogue::engineio {

/** Where the Socket.IO endpoint is: at a path such as "/socket.io/", and there without the slash at its end.
 */
class EndpointPath
{
public:
    explicit EndpointPath(const EngineConfig &config)
        : m_path(config.path.toUtf8())
    {
        if (!m_path.endsWith('/'))
            m_path += '/';
    }

    /** Ends with a slash. */
    [[nodiscard]] const QByteArray &text() const { return m_path; }
    /** Whether a request for \a path, percent-decoded, is for it: the path itself, and all that is below. */
    [[nodiscard]] bool covers(QByteArrayView path) const
    {
        return path.startsWith(m_path) || path == QByteArrayView(m_path).chopped(1);
    }
    /** What of \a path, which it covers, is below it: of "/socket.io/a" it is "a". */
    [[nodiscard]] QByteArrayView below(QByteArrayView path) const
    {
        return path.sliced(std::min(path.size(), m_path.size()));
    }

private:
    QByteArray m_path;
};

} // namespace dialogue::engineio
