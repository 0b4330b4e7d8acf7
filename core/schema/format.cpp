#include "core/schema/format.h"

#include "core/schema/format_p.h"
#include "core/schema/patternsyntax_p.h"

#include <QString>

#include <algorithm>
#include <array>
#include <utility>

namespace dialogue::schema {

std::optional<Format> formatOf(QStringView name)
{
    static constexpr std::array<std::pair<QStringView, Format>, 17> formats = {{
        {u"date-time", Format::DateTime},
        {u"date", Format::Date},
        {u"time", Format::Time},
        {u"duration", Format::Duration},
        {u"email", Format::Email},
        {u"hostname", Format::Hostname},
        {u"ipv4", Format::Ipv4},
        {u"ipv6", Format::Ipv6},
        {u"uri", Format::Uri},
        {u"uri-reference", Format::UriReference},
        {u"iri", Format::Iri},
        {u"iri-reference", Format::IriReference},
        {u"uri-template", Format::UriTemplate},
        {u"uuid", Format::Uuid},
        {u"json-pointer", Format::JsonPointer},
        {u"relative-json-pointer", Format::RelativeJsonPointer},
        {u"regex", Format::Regex},
    }};
    const auto *const found = std::find_if(formats.begin(), formats.end(),
                                           [name](const auto &format) { return format.first == name; });
    return found == formats.end() ? std::nullopt : std::optional(found->second);
}

bool matches(Format format, std::string_view utf8)
{
    switch (format) {
    case Format::DateTime:
        return isDateTime(utf8);
    case Format::Date:
        return isDate(utf8);
    case Format::Time:
        return isTime(utf8);
    case Format::Duration:
        return isDuration(utf8);
    case Format::Email:
        return isEmail(utf8);
    case Format::Hostname:
        return isHostname(utf8);
    case Format::Ipv4:
        return isIpv4(utf8);
    case Format::Ipv6:
        return isIpv6(utf8);
    case Format::Uri:
        return isUri(utf8);
    case Format::UriReference:
        return isUriReference(utf8);
    case Format::Iri:
        return isIri(utf8);
    case Format::IriReference:
        return isIriReference(utf8);
    case Format::UriTemplate:
        return isUriTemplate(utf8);
    case Format::Uuid:
        return isUuid(utf8);
    case Format::JsonPointer:
        return isJsonPointer(utf8);
    case Format::RelativeJsonPointer:
        return isRelativeJsonPointer(utf8);
    case Format::Regex:
        return translatePattern(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())))
            .has_value();
    }
    return true;
}

} // namespace dialogue::schema
