#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

namespace dialogue::protocol {

/** A place in a room's log: the last event a client has seen. */
struct DIALOGUE_CORE_EXPORT LogPosition
{
    QByteArray epoch; ///< Identity of the log; a position of another epoch means nothing.
    quint64 offset = 0; ///< 0: before the first event.

    [[nodiscard]] QJsonObject toJson() const;
    static Result<LogPosition> fromJson(const QJsonValue &json, const QString &path = {});

    friend bool operator==(const LogPosition &, const LogPosition &) = default;
};

} // namespace dialogue::protocol
