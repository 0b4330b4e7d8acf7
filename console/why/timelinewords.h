#pragma once

#include "console/look/tones.h"

#include <QJsonObject>
#include <QString>

namespace dialogue::console {

/** Something that became of a client, as the server tells it, raw. */
struct TimelineRow
{
    qint64 time = 0; ///< Milliseconds since the Unix epoch.
    QString kind = {};
    QString room = {};
    QString details = {}; ///< In words.

    friend bool operator==(const TimelineRow &, const TimelineRow &) = default;
};

[[nodiscard]] TimelineRow timelineRowOf(const QJsonObject &entry);
[[nodiscard]] QString timelineKindText(const QString &kind);
[[nodiscard]] Tone timelineKindTone(const QString &kind);

} // namespace dialogue::console
