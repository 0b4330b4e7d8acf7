#include "core/filter/filter.h"

#include "core/json/cursor.h"
#include "tests/fuzz/require.h"

#include <QString>

using namespace dialogue;

namespace {

Filter parsed(const QString &text)
{
    const Result<Filter> filter = Filter::parse(text);
    fuzz::require(filter.has_value());
    return *filter;
}

void checkFault(const QString &text)
{
    FilterFault fault;
    const Result<Filter> filter = Filter::parse(text, &fault);
    fuzz::require(!filter && filter.error().message == fault.text());
    fuzz::require(!fault.found.isEmpty() && !fault.expected.isEmpty());
    fuzz::require(fault.at >= 0 && fault.length >= 0 && fault.at + fault.length <= text.size());
}

} // namespace

/** A line that is a filter, or not, and what is JSON, or not. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzz::view(data, size);
    const qsizetype line = input.indexOf('\n');
    const QString text = QString::fromUtf8(line < 0 ? input : input.first(line));
    const QByteArrayView json = line < 0 ? QByteArrayView() : input.sliced(line + 1);
    const Result<Filter> filter = Filter::parse(text);
    if (!filter) {
        checkFault(text);
        return 0;
    }
    FilterRow row{
        .room = u"a", .event = u"b", .from = u"u-1", .offset = 1, .size = json.size(), .data = json};
    const Filter::Verdict verdict = filter->verdict(row);
    fuzz::require(parsed(filter->text()).verdict(row) == verdict);
    fuzz::require(filter->narrows(*filter) && filter->narrows({}));
    if (filter->isEmpty())
        return 0;
    fuzz::require(!filter->paths().isEmpty());
    // Its opposite, where that is not too long or too deep.
    const Result<Filter> opposite = Filter::parse(QStringLiteral("!(%1)").arg(filter->text()));
    if (opposite && verdict != Filter::Verdict::TooLong)
        fuzz::require(opposite->matches(row) != (verdict == Filter::Verdict::Yes));
    // What is no JSON is as if it were not there.
    if (!json.isEmpty() && !json::check(json.trimmed(), json::MaxWrappedDepth)) {
        row.data = {};
        fuzz::require(filter->matches(row) == (verdict == Filter::Verdict::Yes)
                      || verdict == Filter::Verdict::TooLong);
    }
    return 0;
}
