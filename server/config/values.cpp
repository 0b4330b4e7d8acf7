#include "server/config/values.h"

#include "core/base/nearest.h"
#include "server/config/rates.h"
#include "server/config/rules.h"

#include <QRegularExpression>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

struct Unit
{
    QLatin1StringView name;
    qint64 factor;
};

constexpr Unit Times[]
    = {{"ms"_L1, 1}, {"s"_L1, 1000}, {"m"_L1, 60'000}, {"h"_L1, 3'600'000}, {"d"_L1, 86'400'000}};
constexpr Unit Sizes[]
    = {{"B"_L1, 1},           {"KB"_L1, 1000},       {"MB"_L1, 1'000'000}, {"GB"_L1, 1'000'000'000},
       {"KiB"_L1, 1LL << 10}, {"MiB"_L1, 1LL << 20}, {"GiB"_L1, 1LL << 30}};

template <std::size_t N>
std::optional<qint64> withUnit(const QString &text, const Unit (&units)[N])
{
    static const QRegularExpression shape(u"\\A([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s?([A-Za-z]+)\\z"_s);
    const QRegularExpressionMatch match = shape.match(text);
    for (const Unit &unit : units) {
        if (match.captured(2) != unit.name)
            continue;
        const double product = match.captured(1).toDouble() * double(unit.factor);
        // A fraction of a byte or of a millisecond is a slip.
        if (product > 9e15 || std::floor(product) != product)
            return {};
        return qint64(product);
    }
    return {};
}

std::optional<qint64> plainNumber(const Node &node)
{
    bool good = false;
    const qint64 value = node.scalar.toLongLong(&good);
    if (!good || node.quoted || node.kind != Node::Kind::Scalar)
        return {};
    return value;
}

std::optional<qint64> readNumber(const FieldInfo &field, const Node &node)
{
    std::optional<qint64> value = plainNumber(node);
    if (!value && node.kind == Node::Kind::Scalar && field.type == FieldType::Duration)
        value = withUnit(node.scalar, Times);
    if (!value && node.kind == Node::Kind::Scalar && field.type == FieldType::Size)
        value = withUnit(node.scalar, Sizes);
    return value && *value >= field.least && *value <= field.most ? value : std::nullopt;
}

std::optional<bool> readFlag(const Node &node)
{
    if (node.kind != Node::Kind::Scalar || node.quoted
        || (node.scalar != "true"_L1 && node.scalar != "false"_L1))
        return {};
    return node.scalar == "true"_L1;
}

bool fits(const FieldInfo &field, const QString &text)
{
    return field.pattern.isEmpty() || QRegularExpression(field.pattern).match(text).hasMatch();
}

/** What stands there, for an error: of what is to be a secret its kind at most. */
QString found(const FieldInfo &field, const Node &node)
{
    return field.isSecret && node.kind == Node::Kind::Scalar ? u"the text that stands there"_s
                                                             : describe(node);
}

/** What its check says, which is more than that the pattern is another. */
QString problemOf(const FieldInfo &field, const Node &node)
{
    if (!field.problem || node.kind != Node::Kind::Scalar)
        return {};
    const QString problem = field.problem(node.scalar);
    // It repeats the text, which may be a secret.
    return problem.isEmpty() || node.written.isEmpty()
        ? problem
        : u"must be %1, not %2"_s.arg(field.expected, found(field, node));
}

/** The choice that \a node was most likely meant to be. */
QString hint(const FieldInfo &field, const Node &node)
{
    if (field.isSecret)
        return {};
    const QString meant = node.kind == Node::Kind::Scalar ? nearest(node.scalar, field.choices) : QString();
    return meant.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(meant);
}

WrongValue mustBe(const FieldInfo &field, const Node &node)
{
    return {node.position,
            u"must be %1, not %2%3"_s.arg(expectation(field), found(field, node), hint(field, node))};
}

std::variant<FieldValue, WrongValue> readHistorySync(const FieldInfo &field, const Node &node)
{
    if (const std::optional<bool> all = readFlag(node))
        return FieldValue(qint64(*all ? -1 : 0));
    if (node.kind == Node::Kind::Scalar && node.scalar == "all"_L1)
        return FieldValue(qint64(-1));
    if (const std::optional<qint64> count = readNumber(field, node))
        return FieldValue(*count);
    return mustBe(field, node);
}

std::variant<FieldValue, WrongValue> readList(const FieldInfo &field, const Node &node)
{
    QStringList texts;
    // One may stand for a list of one.
    const bool isOne = node.kind == Node::Kind::Scalar && (field.problem || fits(field, node.scalar));
    if (node.kind != Node::Kind::List && !isOne)
        return mustBe(field, node);
    for (const Node &item : isOne ? std::vector<Node>{node} : node.items) {
        if (const QString problem = problemOf(field, item); !problem.isEmpty())
            return WrongValue{item.position, problem};
        if (item.kind != Node::Kind::Scalar || !fits(field, item.scalar))
            return WrongValue{item.position, u"must be %1, not %2"_s.arg(field.expected, found(field, item))};
        texts.append(item.scalar);
    }
    return FieldValue(texts);
}

template <std::size_t N>
QString inUnits(qint64 value, const Unit (&units)[N], QLatin1StringView base)
{
    const Unit *best = nullptr;
    for (const Unit &unit : units) {
        if (value != 0 && value % unit.factor == 0 && (!best || unit.factor > best->factor))
            best = &unit;
    }
    return best ? QString::number(value / best->factor) + best->name : QString::number(value) + base;
}

QString withRange(const QString &what, const QString &least, const QString &most, bool bounded)
{
    return bounded ? u"%1 from %2 to %3"_s.arg(what, least, most) : u"%1 of at least %2"_s.arg(what, least);
}

} // namespace

QString quoted(QString text) { return u'"' + text.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1) + u'"'; }

std::variant<FieldValue, WrongValue> readValue(const FieldInfo &field, const Node &node)
{
    switch (field.type) {
    case FieldType::Flag:
        if (const std::optional<bool> value = readFlag(node))
            return FieldValue(*value);
        break;
    case FieldType::Number:
    case FieldType::Size:
    case FieldType::Duration:
        if (const std::optional<qint64> value = readNumber(field, node))
            return FieldValue(*value);
        break;
    case FieldType::Text:
        if (const QString problem = problemOf(field, node); !problem.isEmpty())
            return WrongValue{node.position, problem};
        if (node.kind == Node::Kind::Scalar && fits(field, node.scalar))
            return FieldValue(node.scalar);
        break;
    case FieldType::Choice:
        if (node.kind == Node::Kind::Scalar && field.choices.contains(node.scalar))
            return FieldValue(node.scalar);
        break;
    case FieldType::TextList:
        return readList(field, node);
    case FieldType::HistorySync:
        return readHistorySync(field, node);
    case FieldType::Rate:
        return readRate(node);
    case FieldType::Rates:
        return readRates(node);
    case FieldType::Who:
        return readWho(field, node);
    case FieldType::EventRules:
        return readEventRules(field, node);
    }
    return mustBe(field, node);
}

QString expectation(const FieldInfo &field)
{
    const bool bounded = field.most < std::numeric_limits<int>::max();
    switch (field.type) {
    case FieldType::Flag:
        return u"true or false"_s;
    case FieldType::Number:
        return withRange(u"a whole number"_s, QString::number(field.least), QString::number(field.most),
                         bounded);
    case FieldType::Size:
        return withRange(u"a size such as \"64KiB\" or \"1MB\", or a number of bytes,"_s,
                         inUnits(field.least, Sizes, "B"_L1), inUnits(field.most, Sizes, "B"_L1), true);
    case FieldType::Duration:
        return withRange(u"a time such as \"25s\" or \"500ms\", or a number of milliseconds,"_s,
                         inUnits(field.least, Times, "ms"_L1), inUnits(field.most, Times, "ms"_L1), true);
    case FieldType::Text:
        return field.expected.isEmpty() ? u"text"_s : field.expected;
    case FieldType::Choice:
        return u"one of "_s + field.choices.join(u", "_s);
    case FieldType::TextList:
        return u"a list, each item "_s + field.expected;
    case FieldType::Rate:
        return rateExpectation();
    case FieldType::Rates:
        return ratesExpectation();
    case FieldType::Who:
        return whoExpectation(field);
    case FieldType::EventRules:
        return eventRulesExpectation(field);
    case FieldType::HistorySync:
        break;
    }
    return u"true, false, \"all\" or a number of events up to %1"_s.arg(field.most);
}

QString toYaml(const FieldInfo &field, const FieldValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? u"true"_s : u"false"_s;
    if (const auto *text = std::get_if<QString>(&value))
        return field.type == FieldType::Choice ? *text : quoted(*text);
    if (const auto *list = std::get_if<QStringList>(&value)) {
        QStringList items;
        for (const QString &item : *list)
            items.append(quoted(item));
        return u'[' + items.join(u", "_s) + u']';
    }
    if (const auto *rate = std::get_if<RateLimit>(&value))
        return toYaml(*rate);
    if (const auto *rates = std::get_if<RateLimits>(&value))
        return toYaml(*rates);
    if (const auto *who = std::get_if<Who>(&value))
        return toYaml(*who);
    if (const auto *rules = std::get_if<EventRules>(&value))
        return toYaml(*rules);
    const auto *number = std::get_if<qint64>(&value);
    if (!number)
        return {};
    if (field.type == FieldType::Duration)
        return inUnits(*number, Times, "ms"_L1);
    if (field.type == FieldType::Size)
        return inUnits(*number, Sizes, "B"_L1);
    if (field.type == FieldType::HistorySync && *number <= 0)
        return *number < 0 ? u"all"_s : u"false"_s;
    return QString::number(*number);
}

} // namespace dialogue::config
