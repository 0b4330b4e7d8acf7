#include "naivefilter.h"

#include "core/json/parsed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

template <class T>
T oneOf(QRandomGenerator &random, const QList<T> &all)
{
    return all.at(random.bounded(int(all.size())));
}

// Few, so that filters and rows meet.
const QStringList Words{u"a"_s, u"ab"_s, u"b"_s, u"u-1"_s, u"u-12"_s, u"\u00e9"_s, u"\U0001f600"_s, u"*"_s};

QByteArray quotedJson(QRandomGenerator &random, const QString &text)
{
    if (random.bounded(4) > 0)
        return '"' + text.toUtf8() + '"';
    QByteArray escaped = "\"";
    for (const QChar unit : text)
        escaped += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
    return escaped + '"';
}

QByteArray blanks(QRandomGenerator &random) { return QByteArray(random.bounded(2), ' '); }

QByteArray randomJson(QRandomGenerator &random, int depth)
{
    switch (random.bounded(depth > 0 ? 9 : 6)) {
    case 0:
        return "null";
    case 1:
        return "true";
    case 2:
        return "false";
    case 3:
        return oneOf<QByteArray>(random, {"0", "1", "1.0", "-1", "2.5", "25e-1", "1e3", "1000"});
    case 4:
    case 5:
        return quotedJson(random, oneOf(random, Words));
    case 6: {
        QByteArrayList items;
        for (int i = random.bounded(4); i > 0; --i)
            items.append(blanks(random) + randomJson(random, depth - 1) + blanks(random));
        return '[' + items.join(',') + ']';
    }
    default: {
        QByteArrayList members; // Some come twice.
        for (int i = random.bounded(5); i > 0; --i)
            members.append(blanks(random)
                           + quotedJson(random, oneOf<QString>(random, {u"a"_s, u"b"_s, u"\u00e9"_s}))
                           + blanks(random) + ':' + randomJson(random, depth - 1));
        return '{' + members.join(',') + '}';
    }
    }
}

QJsonValue parsedValue(const QByteArray &text)
{
    if (text.isEmpty())
        return QJsonValue::Undefined;
    return dialogue::json::parsed('[' + text + ']').array().first();
}

bool globMatches(const QString &pattern, const QString &text)
{
    if (pattern.isEmpty())
        return text.isEmpty();
    const auto width = [](const QString &of) { return of.front().isHighSurrogate() ? 2 : 1; };
    if (pattern.front() == u'*')
        return globMatches(pattern.sliced(1), text)
            || (!text.isEmpty() && globMatches(pattern, text.sliced(width(text))));
    if (text.isEmpty())
        return false;
    if (pattern.front() == u'?')
        return globMatches(pattern.sliced(1), text.sliced(width(text)));
    const QString rest = pattern.front() == u'\\' ? pattern.sliced(1) : pattern;
    return rest.front() == text.front() && globMatches(rest.sliced(1), text.sliced(1));
}

bool isContainer(const QJsonValue &value) { return value.isArray() || value.isObject(); }

bool isEqual(const QJsonValue &a, const QJsonValue &b) { return !isContainer(a) && a == b; }

bool isLess(const QJsonValue &a, const QJsonValue &b)
{
    if (a.isDouble() && b.isDouble())
        return a.toDouble() < b.toDouble();
    return a.isString() && b.isString() && a.toString().toUcs4() < b.toString().toUcs4();
}

} // namespace

NaiveRow NaiveRow::random(QRandomGenerator &random)
{
    const auto word = [&] { return random.bounded(4) ? oneOf(random, Words) : QString(); };
    const auto number = [&] { return qint64(random.bounded(4)) - 1; };
    NaiveRow row;
    for (QString *text : {&row.room, &row.event, &row.from, &row.key, &row.node})
        *text = word();
    row.offset = number();
    row.size = number();
    row.time = number() < 0 ? -1 : 1'796'026'500'000 + number();
    if (random.bounded(8))
        row.data = randomJson(random, 3);
    if (random.bounded(2))
        row.meta = randomJson(random, 2);
    return row;
}

QJsonValue NaiveFilter::Operand::value(const NaiveRow &row) const
{
    if (field.isEmpty())
        return literal;
    const auto ofText
        = [](const QString &text) { return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : text; };
    const auto ofNumber
        = [](qint64 number) { return number < 0 ? QJsonValue(QJsonValue::Undefined) : number; };
    const QHash<QString, QJsonValue> values{
        {u"room"_s, ofText(row.room)},      {u"event"_s, ofText(row.event)},
        {u"from"_s, ofText(row.from)},      {u"key"_s, ofText(row.key)},
        {u"node"_s, ofText(row.node)},      {u"offset"_s, ofNumber(row.offset)},
        {u"size"_s, ofNumber(row.size)},    {u"time"_s, ofNumber(row.time)},
        {u"data"_s, parsedValue(row.data)}, {u"meta"_s, parsedValue(row.meta)},
    };
    QJsonValue value = values.value(field);
    for (const QJsonValue &step : steps) {
        if (step.isString())
            value = value.toObject().value(step.toString());
        else
            value = value.isArray() && step.toInt() < value.toArray().size()
                ? value.toArray().at(step.toInt())
                : QJsonValue::Undefined;
    }
    return value;
}

NaiveFilter::Operand NaiveFilter::randomOperand(QRandomGenerator &random)
{
    static const QStringList fields{u"room"_s, u"event"_s,  u"from"_s, u"key"_s,
                                    u"node"_s, u"offset"_s, u"size"_s, u"time"_s};
    Operand operand;
    if (random.bounded(3) == 0) {
        operand.field = operand.text = oneOf(random, fields);
        return operand;
    }
    operand.field = operand.text = random.bounded(4) ? u"data"_s : u"meta"_s;
    for (int i = random.bounded(4); i > 0; --i) {
        switch (random.bounded(4)) {
        case 0:
            operand.steps.append(random.bounded(3));
            operand.text += u"[%1]"_s.arg(operand.steps.last().toInt());
            break;
        case 1:
            operand.steps.append(u"\u00e9"_s);
            operand.text += random.bounded(2) ? u"[\"\u00e9\"]"_s : u"['\\u00e9']"_s;
            break;
        default:
            operand.steps.append(random.bounded(2) ? u"a"_s : u"b"_s);
            operand.text += u'.' + operand.steps.last().toString();
        }
    }
    return operand;
}

NaiveFilter::Operand NaiveFilter::randomLiteral(QRandomGenerator &random)
{
    Operand operand;
    if (random.bounded(2)) {
        operand.literal = oneOf(random, Words);
        operand.text = u"\"%1\""_s.arg(operand.literal.toString());
        return operand;
    }
    operand.text = oneOf<QString>(
        random, {u"null"_s, u"true"_s, u"false"_s, u"0"_s, u"1"_s, u"-1"_s, u"2.5"_s, u"1e3"_s});
    operand.literal = parsedValue(operand.text.toUtf8());
    return operand;
}

NaiveFilter NaiveFilter::random(QRandomGenerator &random, int depth)
{
    NaiveFilter filter;
    if (depth > 0 && random.bounded(3)) {
        filter.m_sign = oneOf<QString>(random, {u"||"_s, u"&&"_s, u"!"_s});
        for (int i = filter.m_sign == u"!"_s ? 1 : 2 + random.bounded(2); i > 0; --i)
            filter.m_parts.push_back(NaiveFilter::random(random, depth - 1));
        return filter;
    }
    filter.m_left = randomOperand(random);
    filter.m_sign = oneOf<QString>(
        random, {QString(), u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s, u"~"_s, u"!~"_s, u"in"_s});
    if (filter.m_sign == u"~"_s || filter.m_sign == u"!~"_s) {
        Operand pattern;
        pattern.literal = oneOf<QString>(
            random, {u"*"_s, u"u-1*"_s, u"a?"_s, u"?"_s, u"*b*"_s, u"\\*"_s, u"*\u00e9"_s, u""_s});
        pattern.text = u'\'' + pattern.literal.toString().replace(u'\\', u"\\\\"_s) + u'\'';
        filter.m_right.append(pattern);
    } else if (filter.m_sign == u"in"_s) {
        for (int i = 1 + random.bounded(3); i > 0; --i)
            filter.m_right.append(randomLiteral(random));
    } else if (!filter.m_sign.isEmpty()) {
        filter.m_right.append(random.bounded(3) ? randomLiteral(random) : randomOperand(random));
    }
    // A text beside a time is a time, and these are none.
    for (Operand &right : filter.m_right) {
        if ((filter.m_left.field == u"time"_s && right.literal.isString() && !filter.m_sign.contains(u'~')))
            filter.m_left = {.text = u"room"_s, .field = u"room"_s};
    }
    return filter;
}

QString NaiveFilter::text() const
{
    if (!m_parts.empty()) {
        QStringList parts;
        for (const NaiveFilter &part : m_parts)
            parts.append(u'(' + part.text() + u')');
        return m_sign == u"!"_s ? m_sign + parts.first() : parts.join(u' ' + m_sign + u' ');
    }
    QStringList right;
    for (const Operand &operand : m_right)
        right.append(operand.text);
    const QString written = right.join(u", "_s);
    return m_left.text + u' ' + m_sign + u' ' + (m_sign == u"in"_s ? u'[' + written + u']' : written);
}

bool NaiveFilter::matches(const NaiveRow &row) const
{
    const auto holds = [&](const NaiveFilter &part) { return part.matches(row); };
    if (m_sign == u"||"_s)
        return std::ranges::any_of(m_parts, holds);
    if (m_sign == u"&&"_s)
        return std::ranges::all_of(m_parts, holds);
    if (m_sign == u"!"_s)
        return !holds(m_parts.front());
    const QJsonValue left = m_left.value(row);
    if (m_sign.isEmpty())
        return !left.isUndefined() && !left.isNull() && left != QJsonValue(false);
    if (m_sign == u"in"_s)
        return std::ranges::any_of(m_right,
                                   [&](const Operand &each) { return isEqual(left, each.value(row)); });
    const QJsonValue right = m_right.first().value(row);
    if (m_sign.endsWith(u'~'))
        return (left.isString() && globMatches(right.toString(), left.toString())) == (m_sign == u"~"_s);
    if (m_sign == u"=="_s || m_sign == u"!="_s)
        return isEqual(left, right) == (m_sign == u"=="_s);
    const bool ordered = m_sign.startsWith(u'<') ? isLess(left, right) : isLess(right, left);
    return ordered || (m_sign.endsWith(u'=') && isEqual(left, right));
}
