#pragma once

#include "core/base/result.h"

#include <QJsonArray>
#include <QString>

namespace dialogue {

/** What one participant answered to Room::request(). */
struct ParticipantAnswer
{
    QString clientId;
    QString userId;
    Result<QJsonArray> answer;
};

} // namespace dialogue
