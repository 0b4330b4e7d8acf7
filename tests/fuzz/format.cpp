#include "core/schema/format.h"

#include "tests/fuzz/require.h"

#include <QUtf8StringView>

#include <string>

using namespace dialogue;
using schema::Format;

namespace {

bool implies(bool one, bool other) { return !one || other; }

} // namespace

/** The input is a text: of one format it is of those that are wider too. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string text(reinterpret_cast<const char *>(data), size); // Where reading past the end is seen.
    if (!QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8())
        return 0;
    const auto is = [&text](Format format) { return schema::matches(format, text); };
    fuzz::require(implies(is(Format::Uri), is(Format::UriReference) && is(Format::Iri)));
    fuzz::require(implies(is(Format::UriReference) || is(Format::Iri), is(Format::IriReference)));
    fuzz::require(implies(is(Format::Ipv4), is(Format::Hostname)));
    fuzz::require(implies(is(Format::Ipv6), schema::matches(Format::Uri, "http://[" + text + "]:80/")));
    fuzz::require(implies(is(Format::Ipv6), schema::matches(Format::Email, "a@[IPv6:" + text + ']')));
    fuzz::require(implies(is(Format::Hostname), schema::matches(Format::Email, "a@" + text)));
    fuzz::require(implies(is(Format::JsonPointer), schema::matches(Format::RelativeJsonPointer, '0' + text)));
    const std::size_t t = text.find_first_of("Tt");
    const bool dateAndTime = t != std::string::npos && schema::matches(Format::Date, text.substr(0, t))
        && schema::matches(Format::Time, text.substr(t + 1));
    fuzz::require(is(Format::DateTime) == dateAndTime);
    fuzz::require(is(Format::Duration) == schema::matches(Format::Duration, text));
    fuzz::require(implies(is(Format::Uuid), text.size() == 36));
    (void)is(Format::UriTemplate);
    (void)is(Format::Regex);
    return 0;
}
