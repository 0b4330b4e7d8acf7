#include "server/config/rules.h"

#include "core/base/nearest.h"
#include "core/json/jsondata.h"
#include "server/config/makefield.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

const std::pair<QLatin1StringView, Permission> Words[] = {{"nobody"_L1, Permission::Nobody},
                                                          {"authenticated"_L1, Permission::Authenticated},
                                                          {"anyone"_L1, Permission::Anyone}};
constexpr QLatin1StringView Owner = "owner"_L1;
constexpr QLatin1StringView Others = "*"_L1;

WrongValue wrong(const Node &node, const QString &message) { return {node.position, message}; }

QStringList membersOf(const FieldInfo &field)
{
    QStringList members{u"roles"_s, u"users"_s, u"claims"_s};
    if (field.choices.contains(Owner))
        members.append(Owner);
    return members;
}

std::variant<QStringList, WrongValue> readNames(const Node &node, const QString &member)
{
    QStringList names;
    for (const Node &item : node.kind == Node::Kind::List ? node.items : std::vector<Node>{node}) {
        if (item.kind != Node::Kind::Scalar || item.scalar.isEmpty())
            return wrong(item,
                         u"'%1' must be a name, or a list of them, not %2"_s.arg(member, describe(item)));
        names.append(item.scalar);
    }
    if (names.isEmpty())
        return wrong(node,
                     u"'%1' is empty, which lets nobody; write \"nobody\" where that is meant"_s.arg(member));
    return names;
}

/** The values of one claim. */
std::variant<QJsonArray, WrongValue> readClaim(const Node &node, const QString &name)
{
    QJsonArray values;
    for (const Node &item : node.kind == Node::Kind::List ? node.items : std::vector<Node>{node}) {
        if (item.kind != Node::Kind::Scalar)
            return wrong(
                item,
                u"'claims' '%1' must be a value, or a list of them, not %2"_s.arg(name, describe(item)));
        values.append(JsonData::fromText(toJson(item)).value());
    }
    if (values.isEmpty())
        return wrong(node, u"'claims' '%1' is empty, and nobody has that; name its values"_s.arg(name));
    return values;
}

std::optional<WrongValue> readClaims(const Node &node, QMap<QString, QJsonArray> &claims)
{
    if (node.kind != Node::Kind::Map || node.members.empty())
        return wrong(node,
                     u"'claims' must be a map such as {department: sales}, not %1"_s.arg(describe(node)));
    for (const Member &claim : node.members) {
        const QString name = claim.key.left(80);
        auto values = readClaim(claim.value, name);
        if (const auto *error = std::get_if<WrongValue>(&values))
            return *error;
        claims.insert(claim.key, std::get<QJsonArray>(values));
    }
    return {};
}

std::optional<WrongValue> readMember(const Member &member, Who &who)
{
    if (member.key == Owner) {
        if (member.value.kind != Node::Kind::Scalar || member.value.quoted
            || member.value.scalar != "true"_L1)
            return wrong(member.value,
                         u"'owner' must be true, or left out, not %1"_s.arg(describe(member.value)));
        who.owner = true;
        return {};
    }
    if (member.key == "claims"_L1)
        return readClaims(member.value, who.claims);
    auto names = readNames(member.value, member.key);
    if (const auto *error = std::get_if<WrongValue>(&names))
        return *error;
    (member.key == "roles"_L1 ? who.roles : who.users) = std::get<QStringList>(names);
    return {};
}

QString hintOf(const Node &node, const QStringList &choices)
{
    if (node.kind == Node::Kind::List)
        return u"; a list is written {roles: [...]} or {users: [...]}"_s;
    const QString meant = node.kind == Node::Kind::Scalar ? nearest(node.scalar, choices) : QString();
    return meant.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(meant);
}

WrongValue mustBe(const QString &expectation, const Node &node, const QStringList &choices)
{
    return wrong(node, u"must be %1, not %2%3"_s.arg(expectation, describe(node), hintOf(node, choices)));
}

/** "who", "whom" and so on are no members of its map: is it one for all events? */
bool isWho(const FieldInfo &field, const Node &node)
{
    const QStringList members = membersOf(field);
    return node.kind != Node::Kind::Map
        || std::ranges::all_of(node.members,
                               [&members](const Member &member) { return members.contains(member.key); });
}

QString namesToYaml(const QStringList &names)
{
    QStringList items;
    for (const QString &name : names)
        items.append(quoted(name));
    return u'[' + items.join(u", "_s) + u']';
}

/** A field of whom a rule lets, with or without the word for the room's owner. */
template <class Access>
Field<RoomConfig> rule(FieldType type, const QString &key, const QString &doc, Access access)
{
    return plainField<RoomConfig>({.key = u"rules."_s + key,
                                   .type = type,
                                   .doc = doc,
                                   .choices = {u"nobody"_s, u"authenticated"_s, u"anyone"_s, u"owner"_s}},
                                  access);
}

} // namespace

Fields<RoomConfig> ruleFields()
{
    return {
        rule(
            FieldType::Who, u"see"_s,
            u"Who is told of the room: in the list, and when it is created and deleted. Left out: who may join."_s,
            [](auto &room) -> auto & { return room.rules.see; }),
        rule(
            FieldType::Who, u"join"_s, u"Who may come in. Left out: anyone."_s,
            [](auto &room) -> auto & { return room.rules.join; }),
        rule(
            FieldType::EventRules, u"subscribe"_s,
            u"Who may subscribe to its events, and read what is kept of them; for all of them, or by event, \"*\" for those not named. Left out: who is in the room."_s,
            [](auto &room) -> auto & { return room.rules.subscribe; }),
        rule(
            FieldType::EventRules, u"trigger"_s,
            u"Who may trigger its events, likewise. Left out: who is in the room."_s,
            [](auto &room) -> auto & { return room.rules.trigger; }),
        rule(
            FieldType::Who, u"history"_s,
            u"Who, of those in the room, may read what was said before: asked for, on joining, on coming back. Left out: all of them."_s,
            [](auto &room) -> auto & { return room.rules.history; }),
        rule(
            FieldType::Who, u"delete"_s, u"Who may delete the room. Left out: its owner."_s,
            [](auto &room) -> auto & { return room.rules.deleteRoom; }),
    };
}

std::variant<FieldValue, WrongValue> readWho(const FieldInfo &field, const Node &node)
{
    Who who{.place = QString::number(node.position.line)};
    if (node.kind == Node::Kind::Scalar && field.choices.contains(node.scalar)) {
        who.owner = node.scalar == Owner;
        for (const auto &[word, all] : Words) {
            if (node.scalar == word)
                who.all = all;
        }
        return FieldValue(who);
    }
    if (node.kind != Node::Kind::Map || node.members.empty())
        return mustBe(whoExpectation(field), node, field.choices);
    const QStringList members = membersOf(field);
    for (const Member &member : node.members) {
        if (!members.contains(member.key)) {
            return WrongValue{member.position,
                              u"has an unknown key '%1'; known here: %2"_s.arg(visible(member.key.left(80)),
                                                                               members.join(u", "_s))};
        }
        if (const auto error = readMember(member, who))
            return *error;
    }
    return FieldValue(who);
}

std::variant<FieldValue, WrongValue> readEventRules(const FieldInfo &field, const Node &node)
{
    EventRules rules;
    if (node.kind == Node::Kind::Null || (node.kind == Node::Kind::Map && node.members.empty()))
        return mustBe(eventRulesExpectation(field), node, field.choices);
    if (isWho(field, node)) {
        auto who = readWho(field, node);
        if (const auto *error = std::get_if<WrongValue>(&who))
            return *error;
        rules.others = std::get<Who>(std::get<FieldValue>(who));
        return FieldValue(rules);
    }
    for (const Member &member : node.members) {
        auto who = readWho(field, member.value);
        if (auto *error = std::get_if<WrongValue>(&who)) {
            error->message = u"'%1' "_s.arg(visible(member.key.left(80))) + error->message;
            return *error;
        }
        const Who &read = std::get<Who>(std::get<FieldValue>(who));
        if (member.key == Others)
            rules.others = read;
        else
            rules.byEvent.insert(member.key, read);
    }
    return FieldValue(rules);
}

void placeIn(const QString &fileName, Who &who)
{
    if (!who.place.isEmpty())
        who.place = fileName + u':' + who.place;
}

void placeIn(const QString &fileName, RoomRules &rules)
{
    for (std::optional<Who> *const who : {&rules.see, &rules.join, &rules.history, &rules.deleteRoom,
                                          &rules.subscribe.others, &rules.trigger.others}) {
        if (*who)
            placeIn(fileName, **who);
    }
    for (EventRules *const events : {&rules.subscribe, &rules.trigger}) {
        for (Who &who : events->byEvent)
            placeIn(fileName, who);
    }
}

bool needsVouching(const RoomRules &rules)
{
    const auto needs = [](const Who &who) {
        return who.all == Permission::Authenticated || !who.roles.isEmpty() || !who.users.isEmpty()
            || !who.claims.isEmpty();
    };
    const auto anyNeeds = [&needs](const std::optional<Who> &who) { return who && needs(*who); };
    const std::initializer_list<const std::optional<Who> *> single{
        &rules.see,           &rules.join, &rules.history, &rules.deleteRoom, &rules.subscribe.others,
        &rules.trigger.others};
    return std::ranges::any_of(single, [&](const auto *who) { return anyNeeds(*who); })
        || std::ranges::any_of(rules.subscribe.byEvent, needs)
        || std::ranges::any_of(rules.trigger.byEvent, needs);
}

QString whoExpectation(const FieldInfo &field)
{
    return u"%1, or a map such as {roles: [editor]}, of %2"_s.arg(field.choices.join(u", "_s),
                                                                  membersOf(field).join(u", "_s));
}

QString eventRulesExpectation(const FieldInfo &field)
{
    return whoExpectation(field) + u"; or such by event, as in {message: anyone, \"*\": nobody}"_s;
}

QString toYaml(const Who &who)
{
    QStringList members;
    if (!who.roles.isEmpty())
        members.append(u"roles: "_s + namesToYaml(who.roles));
    if (!who.users.isEmpty())
        members.append(u"users: "_s + namesToYaml(who.users));
    QStringList claims;
    for (auto claim = who.claims.cbegin(); claim != who.claims.cend(); ++claim)
        claims.append(quoted(claim.key()) + u": "_s
                      + QString::fromUtf8(JsonData(QJsonValue(claim.value())).text()));
    if (!claims.isEmpty())
        members.append(u"claims: {%1}"_s.arg(claims.join(u", "_s)));
    if (members.isEmpty() && who.owner)
        return Owner;
    if (members.isEmpty()) {
        const auto *const word
            = std::ranges::find(Words, who.all, [](const auto &each) { return each.second; });
        return word->first;
    }
    if (who.owner)
        members.append(u"owner: true"_s);
    return u'{' + members.join(u", "_s) + u'}';
}

QString toYaml(const EventRules &rules)
{
    if (rules.byEvent.isEmpty())
        return rules.others ? toYaml(*rules.others) : QString();
    QStringList members;
    for (auto rule = rules.byEvent.cbegin(); rule != rules.byEvent.cend(); ++rule)
        members.append(quoted(rule.key()) + u": "_s + toYaml(rule.value()));
    if (rules.others)
        members.append(u"\"*\": "_s + toYaml(*rules.others));
    return u'{' + members.join(u", "_s) + u'}';
}

QJsonObject shapeOfWho(const FieldInfo &field)
{
    const QJsonObject name{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}};
    const QJsonObject value{{u"type"_s, QJsonArray{u"string"_s, u"number"_s, u"boolean"_s}}};
    const auto oneOrMore = [](const QJsonObject &item) {
        const QJsonObject list{{u"type"_s, u"array"_s}, {u"items"_s, item}, {u"minItems"_s, 1}};
        return QJsonObject{{u"anyOf"_s, QJsonArray{item, list}}};
    };
    QJsonObject members{{u"roles"_s, oneOrMore(name)},
                        {u"users"_s, oneOrMore(name)},
                        {u"claims"_s,
                         QJsonObject{{u"type"_s, u"object"_s},
                                     {u"additionalProperties"_s, oneOrMore(value)},
                                     {u"minProperties"_s, 1}}}};
    if (field.choices.contains(Owner))
        members.insert(Owner, QJsonObject{{u"const"_s, true}});
    const QJsonObject map{{u"type"_s, u"object"_s},
                          {u"properties"_s, members},
                          {u"additionalProperties"_s, false},
                          {u"minProperties"_s, 1}};
    return {
        {u"anyOf"_s, QJsonArray{QJsonObject{{u"enum"_s, QJsonArray::fromStringList(field.choices)}}, map}}};
}

QJsonObject shapeOfEventRules(const FieldInfo &field)
{
    const QJsonObject who = shapeOfWho(field);
    const QJsonObject byEvent{
        {u"type"_s, u"object"_s}, {u"additionalProperties"_s, who}, {u"minProperties"_s, 1}};
    return {{u"anyOf"_s, QJsonArray{who, byEvent}}};
}

} // namespace dialogue::config
