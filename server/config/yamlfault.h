#pragma once

#include "server/config/nodebuilder.h"

#include <QByteArrayView>

#include <optional>

namespace dialogue::config {

/** What is known where a parser of YAML gives up. */
struct YamlFault
{
    QByteArrayView text; ///< The file.
    QByteArrayView message; ///< The parser's own.
    qsizetype offset = -1; ///< Where it stopped; -1: it does not say.
    qsizetype lastScalar = 0; ///< Where the last value begins that it read.
    qsizetype quoteBegin = 0; ///< The last text in quotes ...
    qsizetype quoteEnd = 0; ///< ... up to here.
    std::optional<FilePosition> container = {}; ///< Where the innermost list or map begins that it is in.
};

/** The mistake it most likely is, in words for people, and where it is mended. */
[[nodiscard]] Refusal explain(const YamlFault &fault);

/** Behind the closing quote of what begins at \a begin, which may have an anchor or a tag in front; \a begin
 * where nothing is quoted there, -1 where nothing closes it. */
[[nodiscard]] qsizetype endOfQuotes(QByteArrayView text, qsizetype begin);

[[nodiscard]] QString neverClosed();
[[nodiscard]] QString aliasRefused();

} // namespace dialogue::config
