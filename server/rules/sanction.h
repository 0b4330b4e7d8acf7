#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace dialogue {

/** What a user may not do, whatever its token says. */
enum class SanctionKind {
    Ban, ///< Be there.
    Mute, ///< Trigger events.
};

/** For whom the application has stopped something. */
struct Sanction
{
    SanctionKind kind = SanctionKind::Ban;
    QString userId = {};
    QString roomId = {}; ///< Empty: everywhere.
    std::optional<std::chrono::system_clock::time_point> until = {}; ///< Nothing: until it is lifted.
    QString reason = {}; ///< Told to the user.
    /** Who wanted it, which the user is not told: `admin:` and the account of /admin, `user:` and the
     * moderator's user, or `application`. */
    QString by = {};
    std::chrono::system_clock::time_point since = {}; ///< When it was imposed, the last time.

    friend bool operator==(const Sanction &, const Sanction &) = default;
};

/** Where, for how long and why. */
struct SanctionOptions
{
    QString roomId = {}; ///< Empty: everywhere.
    std::optional<std::chrono::milliseconds> duration = {}; ///< Nothing: until it is lifted.
    QString reason = {}; ///< Told to the user.
    QString by = {}; ///< The moderator's user, at most 1024 bytes of UTF-8; empty: the application itself.
};

} // namespace dialogue
