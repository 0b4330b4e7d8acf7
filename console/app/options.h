#pragma once

#include "console/profiles/profilestore.h"

#include <QLocale>

#include <optional>

class QCommandLineParser;

namespace dialogue::console {

/** The options of dialogue-console. */
void addOptions(QCommandLineParser &parser);
/** The server that they name, if they do: --profile, or one that is in no file, by --url. InvalidRequest:
 * what they say does not go together. */
[[nodiscard]] Result<std::optional<Profile>> profileOf(const QCommandLineParser &parser,
                                                       const ProfileStore &store);

/** In which language, and with which numbers, --language wants the texts; the system's without it.
 * InvalidRequest: in a language that this build does not have. */
[[nodiscard]] Result<QLocale> localeOf(const QCommandLineParser &parser);

} // namespace dialogue::console
