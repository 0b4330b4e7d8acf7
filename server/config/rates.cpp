#include "server/config/rates.h"

#include "server/config/makefield.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::config {

namespace {

WrongValue wrong(FilePosition position, const QString &expected, const QString &found)
{
    return {position, u"must be %1, not %2"_s.arg(expected, found)};
}

/** A rate, which may have \a others as members, too. */
std::variant<FieldValue, WrongValue> readRateWith(const Node &node, const QStringList &others)
{
    if (node.kind != Node::Kind::Map)
        return wrong(node.position, rateExpectation(), describe(node));
    const Fields<RateLimit> fields = rateFields();
    QStringList known{u"maxEvents"_s, u"window"_s};
    known += others;
    for (const Member &member : node.members) {
        if (!known.contains(member.key)) {
            return WrongValue{member.position,
                              u"has an unknown key '%1'; known here: %2"_s.arg(visible(member.key.left(80)),
                                                                               known.join(u", "_s))};
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

/** Its rates by event, or by role. */
std::variant<QMap<QString, RateLimit>, WrongValue> readByName(const Node &node, const QString &key)
{
    QMap<QString, RateLimit> rates;
    if (node.kind != Node::Kind::Map)
        return WrongValue{node.position,
                          u"'%1' must be a map such as {bid: {maxEvents: 1, window: 1s}}, not %2"_s.arg(
                              key, describe(node))};
    for (const Member &member : node.members) {
        auto rate = readRateWith(member.value, {});
        if (auto *error = std::get_if<WrongValue>(&rate)) {
            error->message = u"'%1' '%2' "_s.arg(key, visible(member.key.left(80))) + error->message;
            return *error;
        }
        rates.insert(member.key, std::get<RateLimit>(std::get<FieldValue>(rate)));
    }
    return rates;
}

std::variant<RoomRate, WrongValue> readRoomRate(const Node &node)
{
    const auto whole = readRateWith(node, {u"events"_s, u"roles"_s});
    if (const auto *error = std::get_if<WrongValue>(&whole))
        return *error;
    const auto &all = std::get<RateLimit>(std::get<FieldValue>(whole));
    RoomRate rate{.maxEvents = all.maxEvents, .window = all.window};
    for (auto [key, into] : {std::pair(u"events"_s, &rate.events), std::pair(u"roles"_s, &rate.roles)}) {
        const Node *const found = node.find(key);
        if (!found)
            continue;
        auto read = readByName(*found, key);
        if (auto *error = std::get_if<WrongValue>(&read))
            return *error;
        *into = std::get<QMap<QString, RateLimit>>(read);
    }
    return rate;
}

QString toYaml(const QMap<QString, RateLimit> &rates)
{
    QStringList members;
    for (auto rate = rates.cbegin(); rate != rates.cend(); ++rate)
        members.append(quoted(rate.key()) + u": "_s + config::toYaml(rate.value()));
    return u'{' + members.join(u", "_s) + u'}';
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

std::variant<FieldValue, WrongValue> readRate(const Node &node) { return readRateWith(node, {}); }

std::variant<FieldValue, WrongValue> readRates(const Node &node)
{
    if (node.kind == Node::Kind::Null)
        return FieldValue(RateLimits());
    if (node.kind != Node::Kind::Map)
        return wrong(node.position, ratesExpectation(), describe(node));
    RateLimits rates;
    for (const Member &member : node.members) {
        auto rate = readRoomRate(member.value);
        if (auto *error = std::get_if<WrongValue>(&rate)) {
            error->message = u"'%1' "_s.arg(visible(member.key.left(80))) + error->message;
            return *error;
        }
        rates.insert(member.key, std::get<RoomRate>(rate));
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
    for (auto rate = rates.cbegin(); rate != rates.cend(); ++rate) {
        QString each = toYaml(rate->ofAll());
        for (const auto &[key, byName] :
             {std::pair(u"events"_s, rate->events), std::pair(u"roles"_s, rate->roles)}) {
            if (!byName.isEmpty())
                each.insert(each.size() - 1, u", %1: %2"_s.arg(key, toYaml(byName)));
        }
        members.append(quoted(rate.key()) + u": "_s + each);
    }
    return u'{' + members.join(u", "_s) + u'}';
}

} // namespace dialogue::config
