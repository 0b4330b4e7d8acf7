#include "console/why/timelinewords.h"

#include "console/look/wording.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

struct TimelineWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineWords)
};

struct KnownKind
{
    const char *name;
    Tone tone;
    const char *title;
};

constexpr std::array KnownKinds{
    KnownKind{"connected", Tone::Good, QT_TRANSLATE_NOOP("TimelineWords", "Connected")},
    KnownKind{"joined", Tone::Good, QT_TRANSLATE_NOOP("TimelineWords", "Joined")},
    KnownKind{"subscribed", Tone::Quiet, QT_TRANSLATE_NOOP("TimelineWords", "Subscriptions changed")},
    KnownKind{"left", Tone::Quiet, QT_TRANSLATE_NOOP("TimelineWords", "Left")},
    KnownKind{"missed", Tone::Bad, QT_TRANSLATE_NOOP("TimelineWords", "Missed")},
    KnownKind{"refused", Tone::Bad, QT_TRANSLATE_NOOP("TimelineWords", "Refused")},
    KnownKind{"dropped", Tone::Bad, QT_TRANSLATE_NOOP("TimelineWords", "Dropped: too slow")},
    KnownKind{"replaced", Tone::Warning, QT_TRANSLATE_NOOP("TimelineWords", "Replaced: too slow")},
    KnownKind{"unsent", Tone::Bad, QT_TRANSLATE_NOOP("TimelineWords", "Not sent any more")},
    KnownKind{"written", Tone::Good, QT_TRANSLATE_NOOP("TimelineWords", "Sent")},
    KnownKind{"disconnected", Tone::Warning, QT_TRANSLATE_NOOP("TimelineWords", "Disconnected")}};

const KnownKind *kindNamed(const QString &name)
{
    const auto known = std::ranges::find_if(
        KnownKinds, [&](const KnownKind &each) { return name == QLatin1String(each.name); });
    return known == KnownKinds.end() ? nullptr : &*known;
}

QString offsetsText(const QJsonObject &entry)
{
    const qint64 from = entry[u"from"_s].toInteger();
    const qint64 to = entry[u"to"_s].toInteger();
    return from == to ? TimelineWords::tr("offset %1").arg(numberText(from))
                      : TimelineWords::tr("offsets %1 to %2").arg(numberText(from), numberText(to));
}

QString listText(const QJsonArray &texts)
{
    QStringList all;
    for (const QJsonValue &each : texts)
        all.append(foreignText(each.toString(), 64));
    return all.isEmpty() ? TimelineWords::tr("nothing") : foreignText(all.join(u", "_s));
}

QString refusalText(const QJsonObject &entry)
{
    QString text = foreignText(entry[u"request"_s].toString(), 64) + u": "_s
        + foreignText(entry[u"code"_s].toString(), 64);
    if (entry.contains(u"path"_s))
        text += TimelineWords::tr(", at %1").arg(foreignText(entry[u"path"_s].toString(), 128));
    if (entry[u"times"_s].toInteger() > 1)
        text += TimelineWords::tr(", %1 times").arg(numberText(entry[u"times"_s].toInteger()));
    if (entry.contains(u"message"_s))
        text += u" – "_s + foreignText(entry[u"message"_s].toString(), 256);
    return text;
}

QString detailsText(const QString &kind, const QJsonObject &entry)
{
    if (kind == u"joined" || kind == u"subscribed") {
        return TimelineWords::tr("after offset %1: %2")
            .arg(numberText(entry[u"after"_s].toInteger()), listText(entry[u"subscriptions"_s].toArray()));
    }
    if (kind == u"left")
        return TimelineWords::tr("at offset %1").arg(numberText(entry[u"to"_s].toInteger()));
    if (kind == u"refused")
        return refusalText(entry);
    if (kind == u"disconnected")
        return foreignText(entry[u"reason"_s].toString(), 128);
    if (kind == u"replaced" && entry.contains(u"by"_s)) {
        return TimelineWords::tr("%1, the last by %2")
            .arg(offsetsText(entry), numberText(entry[u"by"_s].toInteger()));
    }
    return entry.contains(u"from"_s) ? offsetsText(entry) : QString();
}

} // namespace

QString timelineKindText(const QString &kind)
{
    const KnownKind *const known = kindNamed(kind);
    return known ? TimelineWords::tr(known->title) : foreignText(kind, 64);
}

Tone timelineKindTone(const QString &kind)
{
    const KnownKind *const known = kindNamed(kind);
    return known ? known->tone : Tone::Quiet;
}

TimelineRow timelineRowOf(const QJsonObject &entry)
{
    const QString kind = entry[u"kind"_s].toString();
    return {.time = entry[u"time"_s].toInteger(),
            .kind = kind.left(64),
            .room = foreignText(entry[u"room"_s].toString(), 128),
            .details = detailsText(kind, entry)};
}

} // namespace dialogue::console
