#include "server/config/rates.h"

#include "server/config/makefield.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::config {

namespace {

WrongValue wrong(Position position, const QString &expected, const QString &found)
{
    return {position, u"must be %1, not %2"_s.arg(expected, found)};
}

} // namespace

Fields<RateLimit> rateFields()
{
    return {number<RateLimit>(
                u"maxEvents"_s, 1, 1'000'000,
                u"How many at most, in any span of time as long as the window."_s,
                [](auto &rate) -> auto & { return rate.maxEvents; }),
            duration<RateLimit>(
                u"window"_s, 100ms, 24h, u"How long that is."_s,
                [](auto &rate) -> auto & { return rate.window; })};
}

std::variant<FieldValue, WrongValue> readRate(const Node &node)
{
    if (node.kind != Node::Kind::Map)
        return wrong(node.position, rateExpectation(), describe(node));
    const Fields<RateLimit> fields = rateFields();
    for (const Member &member : node.members) {
        const bool known = std::ranges::any_of(
            fields, [&member](const Field<RateLimit> &field) { return field.key == member.key; });
        if (!known) {
            return WrongValue{
                member.position,
                u"has an unknown key '%1'; known here: maxEvents, window"_s.arg(member.key.left(80))};
        }
    }
    RateLimit rate;
    for (const Field<RateLimit> &field : fields) {
        const Node *const found = node.find(field.key);
        if (!found)
            return wrong(node.position, rateExpectation(), u"one without '%1'"_s.arg(field.key));
        auto value = readValue(field, *found);
        if (auto *error = std::get_if<WrongValue>(&value)) {
            error->message = u"'%1' "_s.arg(field.key) + error->message;
            return *error;
        }
        field.set(rate, std::get<FieldValue>(value));
    }
    return FieldValue(rate);
}

std::variant<FieldValue, WrongValue> readRates(const Node &node)
{
    if (node.kind == Node::Kind::Null)
        return FieldValue(RateLimits());
    if (node.kind != Node::Kind::Map)
        return wrong(node.position, ratesExpectation(), describe(node));
    RateLimits rates;
    for (const Member &member : node.members) {
        auto rate = readRate(member.value);
        if (auto *error = std::get_if<WrongValue>(&rate)) {
            error->message = u"'%1' "_s.arg(member.key.left(80)) + error->message;
            return *error;
        }
        rates.insert(member.key, std::get<RateLimit>(std::get<FieldValue>(rate)));
    }
    return FieldValue(rates);
}

QString rateExpectation() { return u"a rate such as {maxEvents: 100, window: 1m}"_s; }

QString ratesExpectation() { return u"a map such as {chat: {maxEvents: 10, window: 1s}}, by room"_s; }

QString toYaml(const RateLimit &rate)
{
    QStringList members;
    for (const Field<RateLimit> &field : rateFields())
        members.append(field.key + u": "_s + toYaml(field, field.get(rate)));
    return u'{' + members.join(u", "_s) + u'}';
}

QString toYaml(const RateLimits &rates)
{
    QStringList members;
    for (auto rate = rates.cbegin(); rate != rates.cend(); ++rate)
        members.append(quoted(rate.key()) + u": "_s + toYaml(rate.value()));
    return u'{' + members.join(u", "_s) + u'}';
}

} // namespace dialogue::config
