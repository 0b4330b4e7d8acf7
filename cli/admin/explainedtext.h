#pragma once

#include "cli/base/style.h"

#include <QJsonObject>

namespace dialogue::cli {

/** What became of a client, a line each: when, what, where, and what there is to say of it. */
[[nodiscard]] QByteArray timelineText(const QJsonObject &timeline, const Style &style);

/** Why somebody did not get an event: of each client the verdict, and below it what it rests on. */
[[nodiscard]] QByteArray verdictsText(const QJsonObject &reply, const Style &style);

} // namespace dialogue::cli
