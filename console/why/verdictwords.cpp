#include "console/why/verdictwords.h"

#include "console/look/wording.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

/** The texts below. */
struct VerdictTexts
{
    Q_DECLARE_TR_FUNCTIONS(VerdictWords)
};

struct KnownVerdict
{
    const char *name;
    Tone tone;
    const char *title;
    const char *hint;
};

constexpr std::array KnownVerdicts{
    KnownVerdict{"REFUSED", Tone::Bad, QT_TRANSLATE_NOOP("VerdictWords", "Refused"),
                 QT_TRANSLATE_NOOP("VerdictWords",
                                   "What it would have taken to get the event was refused: see the code, and "
                                   "what the room allows.")},
    KnownVerdict{"NOT_CONNECTED", Tone::Warning, QT_TRANSLATE_NOOP("VerdictWords", "Not connected"),
                 QT_TRANSLATE_NOOP("VerdictWords",
                                   "It was not connected when the event went out. Who comes back with the "
                                   "position it had gets what it missed.")},
    KnownVerdict{"NOT_IN_ROOM", Tone::Warning, QT_TRANSLATE_NOOP("VerdictWords", "Not in the room"),
                 QT_TRANSLATE_NOOP("VerdictWords", "It never joined the room, as far as is remembered.")},
    KnownVerdict{"JOINED_AFTER", Tone::Warning, QT_TRANSLATE_NOOP("VerdictWords", "Joined later"),
                 QT_TRANSLATE_NOOP("VerdictWords",
                                   "The event went out before it joined. The room's history may have it.")},
    KnownVerdict{"LEFT_BEFORE", Tone::Warning, QT_TRANSLATE_NOOP("VerdictWords", "Left before"),
                 QT_TRANSLATE_NOOP("VerdictWords", "It had left the room when the event went out.")},
    KnownVerdict{"NOT_SUBSCRIBED", Tone::Warning, QT_TRANSLATE_NOOP("VerdictWords", "Not subscribed"),
                 QT_TRANSLATE_NOOP("VerdictWords",
                                   "It was in the room, and had not subscribed to events of that name.")},
    KnownVerdict{"EXCLUDED", Tone::Quiet, QT_TRANSLATE_NOOP("VerdictWords", "For others"),
                 QT_TRANSLATE_NOOP("VerdictWords",
                                   "Whoever triggered the event left this client out, or named others.")},
    KnownVerdict{"DROPPED_SLOW", Tone::Bad, QT_TRANSLATE_NOOP("VerdictWords", "Dropped: too slow"),
                 QT_TRANSLATE_NOOP("VerdictWords",
                                   "The client did not read fast enough, and was told that something is "
                                   "missing. It can ask for it in the room's history.")},
    KnownVerdict{"REPLACED", Tone::Bad, QT_TRANSLATE_NOOP("VerdictWords", "Replaced by a newer one"),
                 QT_TRANSLATE_NOOP("VerdictWords",
                                   "The client did not read fast enough, and the room keeps but the latest "
                                   "event of a key for such.")},
    KnownVerdict{
        "CLOSED_FIRST", Tone::Bad, QT_TRANSLATE_NOOP("VerdictWords", "Closed first"),
        QT_TRANSLATE_NOOP("VerdictWords", "Its connection ended while the event waited to be sent.")},
    KnownVerdict{
        "QUEUED", Tone::Accent, QT_TRANSLATE_NOOP("VerdictWords", "On its way"),
        QT_TRANSLATE_NOOP("VerdictWords", "The event waits for the client to read what is before it.")},
    KnownVerdict{
        "WRITTEN", Tone::Good, QT_TRANSLATE_NOOP("VerdictWords", "Sent"),
        QT_TRANSLATE_NOOP("VerdictWords",
                          "The event was handed to the client's connection. Whether it arrived nobody "
                          "knows: there are no receipts.")},
    KnownVerdict{"UNKNOWN", Tone::Quiet, QT_TRANSLATE_NOOP("VerdictWords", "Not known"),
                 QT_TRANSLATE_NOOP("VerdictWords", "That is beyond what the server remembers.")}};

struct KnownEvidence
{
    const char *name;
    enum Kind { Plain, Number, Bytes, Time, Duration } kind;
    const char *title;
};

constexpr std::array KnownEvidences{
    KnownEvidence{"step", KnownEvidence::Plain, QT_TRANSLATE_NOOP("VerdictWords", "Request")},
    KnownEvidence{"code", KnownEvidence::Plain, QT_TRANSLATE_NOOP("VerdictWords", "Code")},
    KnownEvidence{"path", KnownEvidence::Plain, QT_TRANSLATE_NOOP("VerdictWords", "Where")},
    KnownEvidence{"message", KnownEvidence::Plain, QT_TRANSLATE_NOOP("VerdictWords", "Message")},
    KnownEvidence{"times", KnownEvidence::Number, QT_TRANSLATE_NOOP("VerdictWords", "Times")},
    KnownEvidence{"time", KnownEvidence::Time, QT_TRANSLATE_NOOP("VerdictWords", "When")},
    KnownEvidence{"by", KnownEvidence::Number, QT_TRANSLATE_NOOP("VerdictWords", "By the event of offset")},
    KnownEvidence{"bytesAhead", KnownEvidence::Bytes, QT_TRANSLATE_NOOP("VerdictWords", "Ahead of it")},
    KnownEvidence{"queuedBytes", KnownEvidence::Bytes, QT_TRANSLATE_NOOP("VerdictWords", "Waits in all")},
    KnownEvidence{"roundTrip", KnownEvidence::Duration, QT_TRANSLATE_NOOP("VerdictWords", "Round trip")},
    KnownEvidence{"traced", KnownEvidence::Plain, QT_TRANSLATE_NOOP("VerdictWords", "Traced")},
    KnownEvidence{"joined", KnownEvidence::Time, QT_TRANSLATE_NOOP("VerdictWords", "Joined")},
    KnownEvidence{"after", KnownEvidence::Number,
                  QT_TRANSLATE_NOOP("VerdictWords", "Gets what is after offset")},
    KnownEvidence{"left", KnownEvidence::Time, QT_TRANSLATE_NOOP("VerdictWords", "Left")},
    KnownEvidence{"lastOffset", KnownEvidence::Number, QT_TRANSLATE_NOOP("VerdictWords", "Last offset")},
    KnownEvidence{"subscriptions", KnownEvidence::Plain, QT_TRANSLATE_NOOP("VerdictWords", "Subscribed to")},
    KnownEvidence{"since", KnownEvidence::Time, QT_TRANSLATE_NOOP("VerdictWords", "Since")},
    KnownEvidence{"until", KnownEvidence::Time, QT_TRANSLATE_NOOP("VerdictWords", "Until")},
    KnownEvidence{"from", KnownEvidence::Number, QT_TRANSLATE_NOOP("VerdictWords", "From offset")},
    KnownEvidence{"to", KnownEvidence::Number, QT_TRANSLATE_NOOP("VerdictWords", "To offset")},
    KnownEvidence{"sentUpTo", KnownEvidence::Number, QT_TRANSLATE_NOOP("VerdictWords", "Sent up to offset")},
    KnownEvidence{"forgottenUntil", KnownEvidence::Time,
                  QT_TRANSLATE_NOOP("VerdictWords", "Nothing is remembered before")},
    KnownEvidence{"rememberedSince", KnownEvidence::Time,
                  QT_TRANSLATE_NOOP("VerdictWords", "Remembered since")}};

QString evidenceText(KnownEvidence::Kind kind, const QJsonValue &value)
{
    switch (kind) {
    case KnownEvidence::Number:
        return numberText(value.toInteger());
    case KnownEvidence::Bytes:
        return bytesText(value.toInteger());
    case KnownEvidence::Time:
        return value.toInteger() == 0 ? u"–"_s : dateTimeText(value.toInteger());
    case KnownEvidence::Duration:
        return durationText(value.toDouble());
    case KnownEvidence::Plain:
        break;
    }
    if (value.isBool()) {
        return value.toBool() ? VerdictTexts::tr("yes") : VerdictTexts::tr("no");
    }
    if (value.isArray()) {
        QStringList texts;
        const QJsonArray all = value.toArray();
        for (const QJsonValue &each : all)
            texts.append(foreignText(each.toString()));
        return texts.isEmpty() ? u"–"_s : foreignText(texts.join(u", "_s));
    }
    return foreignText(value.toString());
}

} // namespace

VerdictWords verdictWords(const QString &verdict)
{
    const auto known = std::ranges::find_if(
        KnownVerdicts, [&](const KnownVerdict &each) { return verdict == QLatin1String(each.name); });
    if (known == KnownVerdicts.end())
        return {.title = foreignText(verdict, 64), .hint = {}};
    return {
        .title = VerdictTexts::tr(known->title), .hint = VerdictTexts::tr(known->hint), .tone = known->tone};
}

QList<FieldList::Field> evidenceFields(const QJsonObject &evidence)
{
    QList<FieldList::Field> fields;
    for (const KnownEvidence &each : KnownEvidences) {
        const QJsonValue value = evidence[QLatin1String(each.name)];
        if (!value.isUndefined())
            fields.append({VerdictTexts::tr(each.title), evidenceText(each.kind, value)});
    }
    return fields;
}

} // namespace dialogue::console
