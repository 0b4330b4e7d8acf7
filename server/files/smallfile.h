#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace dialogue {

/** What is in \a fileName; ConfigError, with the name, where it cannot be read or has more than \a most
 * bytes. */
[[nodiscard]] Result<QByteArray> contentOf(const QString &fileName, qint64 most);

/** \a text in the place of what is in \a fileName, at once or not at all, for its owner's eyes alone (0600);
 * once it is on the disk. IoError, with the name. */
[[nodiscard]] Result<void> replaceContent(const QString &fileName, const QByteArray &text);

} // namespace dialogue
