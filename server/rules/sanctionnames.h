#pragma once

#include "server/rules/sanction.h"

namespace dialogue {

// How a Sanction is written, in files and answers.

[[nodiscard]] inline QString nameOf(SanctionKind kind)
{
    return kind == SanctionKind::Ban ? QStringLiteral("ban") : QStringLiteral("mute");
}

/** Nothing: there is no kind of that name. */
[[nodiscard]] inline std::optional<SanctionKind> sanctionKindOf(const QString &name)
{
    for (const SanctionKind kind : {SanctionKind::Ban, SanctionKind::Mute}) {
        if (name == nameOf(kind))
            return kind;
    }
    return {};
}

/** Since the Unix epoch. */
[[nodiscard]] inline qint64 millisecondsOf(std::chrono::system_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

} // namespace dialogue
