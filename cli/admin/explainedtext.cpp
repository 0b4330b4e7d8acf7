#include "cli/admin/explainedtext.h"

#include "core/base/foreigntext.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

/** Members that hold a time. */
const QStringList Times{u"time"_s, u"since"_s,          u"until"_s,          u"joined"_s,
                        u"left"_s, u"forgottenUntil"_s, u"rememberedSince"_s};

QString timeOf(const QJsonValue &time)
{
    return QDateTime::fromMSecsSinceEpoch(time.toInteger()).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
}

QString valueOf(const QString &key, const QJsonValue &value)
{
    if (Times.contains(key) && value.isDouble())
        return timeOf(value);
    if (value.isString())
        return printable(value.toString());
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return printable(QString::fromUtf8(list.mid(1, list.size() - 2)));
}

/** `name value` of all but \a known. */
QString restOf(const QJsonObject &object, const QStringList &known, const Style &style)
{
    QString text;
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (!known.contains(member.key()))
            text += u' ' + style(Style::Dim, printable(member.key())) + u' ' + valueOf(member.key(), *member);
    }
    return text;
}

} // namespace

QByteArray timelineText(const QJsonObject &timeline, const Style &style)
{
    QString text = style(Style::Bold, printable(timeline[u"id"_s].toString())) + u' '
        + style(Style::Yellow, printable(timeline[u"userId"_s].toString()))
        + restOf(timeline, {u"id"_s, u"userId"_s, u"entries"_s}, style) + u'\n';
    const QJsonArray entries = timeline[u"entries"_s].toArray();
    for (const QJsonValue &each : entries) {
        const QJsonObject entry = each.toObject();
        text += style(Style::Dim, timeOf(entry[u"time"_s])) + u' '
            + style(Style::Green, printable(entry[u"kind"_s].toString()).leftJustified(12));
        if (entry.contains(u"room"_s))
            text += u' ' + style(Style::Cyan, printable(entry[u"room"_s].toString()));
        text += restOf(entry, {u"time"_s, u"kind"_s, u"room"_s}, style) + u'\n';
    }
    return text.toUtf8();
}

QByteArray verdictsText(const QJsonObject &reply, const Style &style)
{
    QString text;
    const QJsonArray verdicts = reply[u"verdicts"_s].toArray();
    for (const QJsonValue &each : verdicts) {
        const QJsonObject verdict = each.toObject();
        text += style(Style::Bold, printable(verdict[u"verdict"_s].toString()));
        if (verdict.contains(u"id"_s)) {
            text += u' ' + printable(verdict[u"id"_s].toString()) + u' '
                + style(Style::Yellow, printable(verdict[u"userId"_s].toString()));
        }
        text += u": "_s + printable(verdict[u"text"_s].toString()) + u'\n';
        const QString evidence = restOf(verdict[u"evidence"_s].toObject(), {}, style);
        if (!evidence.isEmpty())
            text += u"  "_s + evidence.mid(1) + u'\n';
    }
    return text.toUtf8();
}

} // namespace dialogue::cli
