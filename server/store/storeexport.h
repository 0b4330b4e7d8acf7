#pragma once

#include "core/base/result.h"
#include "server/export.h"

#include <QByteArray>
#include <QString>

#include <functional>

/** A store as lines of JSON, for other programs and other stores. */
namespace dialogue::store {

inline constexpr QLatin1StringView LinesVersion("dialogue-store-1"); ///< What the first line says.

/** Gives \a write a line after the other, of one moment: of the store, of each room, of each event and of
 * each id of a trigger. Also while a server runs. */
DIALOGUE_SERVER_EXPORT Result<void> exportStore(const QString &path,
                                                const std::function<Result<void>(const QByteArray &)> &write);

/**
 * Makes a store of such lines, in a file that is not there yet; \a read gives the next, and an empty one at
 * the end. Clients that come back to it begin anew. The Error names the line. How many events.
 */
DIALOGUE_SERVER_EXPORT Result<qint64> importStore(const QString &path,
                                                  const std::function<QByteArray()> &read);

} // namespace dialogue::store
