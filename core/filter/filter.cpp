#include "core/filter/filter.h"

#include "core/filter/parser.h"
#include "core/filter/program.h"

#include <algorithm>

namespace dialogue {

using namespace Qt::StringLiterals;

class FilterPrivate
{
public:
    QString text;
    filter::Syntax syntax;
};

QString FilterFault::text() const
{
    const QString what = u"column %1: found %2, expected %3"_s.arg(at + 1).arg(found, expected);
    return meant.isEmpty() ? what : u"%1; did you mean %2?"_s.arg(what, meant);
}

Result<Filter> Filter::parse(QStringView text, FilterFault *fault) { return parseOver({}, text, fault); }

Result<Filter> Filter::parseOver(const QStringList &names, QStringView text, FilterFault *fault)
{
    if (text.trimmed().isEmpty())
        return Filter();
    FilterFault wrong;
    std::optional<filter::Syntax> syntax = filter::parse(names, text, wrong);
    if (!syntax) {
        if (fault)
            *fault = wrong;
        return Error{.code = ErrorCode::InvalidRequest, .message = wrong.text(), .path = u"filter"_s};
    }
    const auto parts = std::make_shared<FilterPrivate>();
    parts->text = text.trimmed().toString();
    parts->syntax = std::move(*syntax);
    Filter parsed;
    parsed.d = parts;
    return parsed;
}

Filter::Verdict Filter::verdict(const FilterRow &row) const
{
    if (!d)
        return Verdict::Yes;
    switch (filter::run(d->syntax.program, row)) {
    case filter::Outcome::Yes:
        return Verdict::Yes;
    case filter::Outcome::TooLong:
        return Verdict::TooLong;
    case filter::Outcome::No:
        break;
    }
    return Verdict::No;
}

QString Filter::text() const { return d ? d->text : QString(); }

QStringList Filter::paths() const { return d ? d->syntax.paths : QStringList(); }

bool Filter::reads(FilterField field) const { return d && d->syntax.fields.contains(field); }

bool Filter::readsPayload() const { return reads(FilterField::Data) || reads(FilterField::Meta); }

bool Filter::narrows(const Filter &other) const
{
    return !other.d || (d && std::ranges::all_of(other.d->syntax.demands, [&](const QString &demand) {
                            return d->syntax.demands.contains(demand);
                        }));
}

} // namespace dialogue
