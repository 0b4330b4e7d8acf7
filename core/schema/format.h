#pragma once

#include "core/base/export.h"

#include <QStringView>

#include <optional>
#include <string_view>

namespace dialogue::schema {

/** What a text can be asked to be: the formats of JSON Schema, without those of internationalised names. */
enum class Format {
    DateTime,
    Date,
    Time,
    Duration,
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    Uri,
    UriReference,
    Iri,
    IriReference,
    UriTemplate,
    Uuid,
    JsonPointer,
    RelativeJsonPointer,
    Regex,
};

/** The format called \a name, such as "date-time"; nothing for one that is not known here. */
DIALOGUE_CORE_EXPORT std::optional<Format> formatOf(QStringView name);

/**
 * Whether \a utf8, valid UTF-8, is of \a format, as strictly as its RFC says. In one pass, and without an
 * allocation but for Regex, which is read as Pattern reads it.
 */
DIALOGUE_CORE_EXPORT bool matches(Format format, std::string_view utf8);

} // namespace dialogue::schema
