#pragma once

#include "server/api/requestvalues.h"

namespace dialogue::admin {

/** As api::membersOf(), but what is null is not as left out: what a program has not found out, such as the
 * filter of an action, would make that do more than was meant. InvalidRequest. */
[[nodiscard]] Result<api::Values>
requestMembersOf(const JsonData &object, const QList<api::ParameterInfo> &parameters, const QString &path);

} // namespace dialogue::admin
