#pragma once

#include "core/base/logcontext.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace dialogue {

struct LogStyle
{
    bool isJson = false;
    bool hasPriority = false; ///< That journald takes off again: "<6>" (sd-daemon(3)).
};

/**
 * "2026-01-31T12:00:00.000Z info dialogue.server: Listening on http://127.0.0.1:3000" and the end of the
 * line: time in UTC, level, category. One line whatever \a message holds (printable()), of at most 4,000
 * bytes, which a pipe takes whole. As JSON it is an object with `time`, `level`, `category` and `message`,
 * and what there is of \a ids.
 */
QByteArray logLine(const QDateTime &time, QtMsgType type, const QByteArray &category, const QString &message,
                   LogStyle style, const LogIds &ids = {});

} // namespace dialogue
