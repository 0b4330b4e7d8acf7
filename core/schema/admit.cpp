#include "core/schema/admit.h"

#include "core/schema/run/canonical.h"
#include "core/schema/run/edits.h"
#include "core/schema/run/place.h"
#include "core/schema/run/run.h"

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

// What is told of an event's data goes to who sent it, and holds names and values that they chose.
constexpr qsizetype MaxPath = 300;
constexpr qsizetype MaxPointer = 500;
constexpr qsizetype MaxMessage = 1000;
constexpr qsizetype MaxCharacters = 4000; // of all faults

QString withoutMiddle(const QString &text, qsizetype most)
{
    return text.size() <= most ? text : text.left(most / 2) + u'…' + text.right(most / 2);
}

Error wrong(const QList<SchemaFault> &faults)
{
    const SchemaFault &first = faults.constFirst();
    return {
        .code = ErrorCode::ValidationFailed, .message = first.message, .path = first.path, .faults = faults};
}

/** That all of the data is wrong. */
Error wrong(const Terms &terms, const QString &message, const QString &rule = {})
{
    return wrong({{.path = terms.root, .pointer = u""_s, .rule = rule, .message = message}});
}

SchemaFault faultAt(QByteArrayView text, const Fault &fault, const QString &root)
{
    Place place = placeOf(text, fault.at, root);
    if (!fault.member.isNull())
        place.descend(QString::fromUtf8(fault.member));
    // A part of a pointer would point to something else.
    if (place.pointer.isNull())
        place.pointer = u""_s;
    return {.path = withoutMiddle(place.path, MaxPath),
            .pointer = place.pointer.size() > MaxPointer ? QString() : place.pointer,
            .rule = QString::fromLatin1(fault.rule),
            .message = withoutMiddle(fault.message, MaxMessage)};
}

Error explained(Run &run, const QByteArray &text, const Terms &terms)
{
    QList<SchemaFault> faults;
    qsizetype characters = 0;
    const QList<Fault> found = run.explain();
    for (const Fault &each : found) {
        const SchemaFault fault = faultAt(text, each, terms.root);
        characters += fault.path.size() + fault.pointer.size() + fault.message.size();
        if (!faults.isEmpty() && characters > MaxCharacters)
            break;
        faults += fault;
    }
    return faults.isEmpty() ? wrong(terms, u"does not fit the schema of this event"_s) : wrong(faults);
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
            return wrong({faultAt(text, fault, terms.root)});
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
    QByteArray made;
    if (data.ownText().isNull()) {
        if (data.isUndefined())
            return wrong(terms, u"is required"_s, u"type"_s);
        made = std::as_const(data).text();
    }
    const QByteArray &text = made.isNull() ? data.ownText() : made;
    Run run(program, text, terms.admission, terms.steps);
    Verdict verdict = run.verdict();
    if (terms.taken)
        *terms.taken = run.taken();
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
    return wrong(terms, u"is nested too deeply to be checked against its schema"_s);
}

} // namespace dialogue::schema
