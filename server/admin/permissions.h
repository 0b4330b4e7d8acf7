#pragma once

#include "server/config/serverconfig.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace dialogue::admin {

/** What somebody in /admin may do. */
enum class Permission {
    Look, ///< Counters, lists, what events there are.
    SeePayloads, ///< What they say, redacted.
    SeeUsers, ///< Who they are from, and from where somebody is connected.
    Act, ///< Trigger events, and see to clients and users.
    Govern, ///< Rooms, broadcasts, the server.
    Audit, ///< Payloads as they are, and who did what.
};

[[nodiscard]] bool allows(AdminRole role, Permission permission);
[[nodiscard]] std::optional<AdminRole> roleCalled(QStringView name);
[[nodiscard]] QString nameOf(AdminRole role); ///< As a configuration has it.
[[nodiscard]] QString nameOf(Permission permission);
[[nodiscard]] QStringList permissionsOf(AdminRole role);

/** Whether one of \a patterns is \a text; one that ends in "*" is for all that begin so. */
[[nodiscard]] bool matches(const QStringList &patterns, QStringView text);

} // namespace dialogue::admin
