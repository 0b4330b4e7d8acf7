#include "core/schema/admit.h"

#include "core/schema/run/canonical.h"
#include "core/schema/run/edits.h"
#include "core/schema/run/place.h"
#include "core/schema/run/run.h"

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

Error wrong(const Terms &terms, const QList<SchemaFault> &faults)
{
    if (terms.faults)
        *terms.faults = faults;
    const SchemaFault &first = faults.constFirst();
    return {.code = ErrorCode::ValidationFailed, .message = first.message, .path = first.path};
}

SchemaFault faultAt(QByteArrayView text, const Fault &fault, const QString &root)
{
    Place place = placeOf(text, fault.at, root);
    if (!fault.member.isNull())
        place.descend(QString::fromUtf8(fault.member));
    return {place.path, place.pointer, QString::fromLatin1(fault.rule), fault.message};
}

Error explained(Run &run, const QByteArray &text, const Terms &terms)
{
    QList<SchemaFault> faults;
    const QList<Fault> found = run.explain();
    for (const Fault &fault : found)
        faults += faultAt(text, fault, terms.root);
    if (faults.isEmpty())
        faults += SchemaFault{terms.root, {}, {}, u"does not fit the schema of this event"_s};
    return wrong(terms, faults);
}

Error tooMuch(const Terms &terms)
{
    return {.code = ErrorCode::LimitReached,
            .message = u"takes more steps to check against its schema than limits.validationSteps allows"_s,
            .path = terms.root};
}

/** Of data that fits: what of it goes on. */
Result<void> goOn(const Program &program, JsonData &data, const QByteArray &text, const Run &run,
                  const Terms &terms)
{
    const Admission &admission = terms.admission;
    if (admission.unknown == UnknownMembers::Refuse) {
        if (const char *unknown = findUnknown(text, run.marks())) {
            const Fault fault{
                .at = unknown, .rule = "unknown", .message = u"is not known to the schema of this event"_s};
            return wrong(terms, {faultAt(text, fault, terms.root)});
        }
    }
    const QByteArray changed = edited(text, run.marks(), admission.unknown == UnknownMembers::Strip);
    if (changed.isNull())
        return {};
    // What goes on is what fits: with less members, or more, that is to be seen again.
    data = JsonData::fromText(changed);
    Terms again = terms;
    again.admission = {.formats = admission.formats};
    return admit(program, data, again);
}

/** Whether a member comes twice somewhere. */
bool isAmbiguous(QByteArrayView text)
{
    QByteArray canonical;
    return !appendCanonical(canonical, text.begin(), text.end());
}

} // namespace

Result<void> admit(const Program &program, JsonData &data, const Terms &terms)
{
    if (data.isUndefined())
        return wrong(terms, {{terms.root, {}, u"type"_s, u"is required"_s}});
    const QByteArray text = std::as_const(data).text();
    Run run(program, text, terms.admission, terms.steps);
    Verdict verdict = run.verdict();
    if (verdict == Verdict::Wrong && !data.ownText().isNull() && isAmbiguous(text))
        verdict = Verdict::Ambiguous; // The one that counts may be right.
    switch (verdict) {
    case Verdict::Fits:
        return run.marks().empty() ? Result<void>() : goOn(program, data, text, run, terms);
    case Verdict::Wrong:
        return explained(run, text, terms);
    case Verdict::TooManySteps:
        return tooMuch(terms);
    case Verdict::Ambiguous:
        if (!data.ownText().isNull()) { // Its value has the last of those that come twice.
            data = data.value();
            return admit(program, data, terms);
        }
        break;
    case Verdict::TooDeep:
        break;
    }
    return wrong(terms, {{terms.root, {}, {}, u"is nested too deeply to be checked against its schema"_s}});
}

} // namespace dialogue::schema
