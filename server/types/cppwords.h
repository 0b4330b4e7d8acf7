#pragma once

#include <QSet>
#include <QString>

namespace dialogue::types {

/** Whether a member called so can be a property, whose name is what it is called in JSON. */
[[nodiscard]] bool canBeProperty(const QString &name);
/** Words that are none of ours in C++. */
[[nodiscard]] const QSet<QString> &reservedInCpp();

} // namespace dialogue::types
