#include "server/rules/ruleset.h"

#include <algorithm>

namespace dialogue {

namespace {

const QString AnyEvent = QStringLiteral("*");

const Who *pointerTo(const std::optional<Who> &who) { return who ? &*who : nullptr; }

const Who *ofEvent(const EventRules &rules, const QString &event)
{
    const auto own = rules.byEvent.constFind(event);
    return own != rules.byEvent.cend() ? &*own : pointerTo(rules.others);
}

QString nameOf(const EventRules &rules, const QString &name, const QString &event)
{
    if (rules.byEvent.contains(event))
        return name + u'.' + event;
    return rules.byEvent.isEmpty() ? name : name + QStringLiteral(".*");
}

} // namespace

RuleSet::RuleSet(const RoomConfig &config)
    : m_config(config)
    , m_guarded(config.rules.subscribe.byEvent.keys())
{
    m_triggers.reserve(static_cast<std::size_t>(config.events.size()));
    for (const EventDefinition &event : config.events)
        m_triggers.push_back(ofEvent(config.rules.trigger, event.name));
}

const Who *RuleSet::find(RoomAction action, const QString &event) const
{
    const RoomRules &rules = m_config.rules;
    switch (action) {
    case RoomAction::See:
        return rules.see ? &*rules.see : pointerTo(rules.join);
    case RoomAction::Join:
        return pointerTo(rules.join);
    case RoomAction::Subscribe:
        return ofEvent(rules.subscribe, event);
    case RoomAction::Trigger:
        return ofEvent(rules.trigger, event);
    case RoomAction::History:
        return pointerTo(rules.history);
    case RoomAction::Delete:
        break;
    }
    return pointerTo(rules.deleteRoom);
}

bool RuleSet::allowsAnyEvent(const Subject &subject) const
{
    const EventRules &rules = m_config.rules.subscribe;
    return !rules.others || dialogue::allows(*rules.others, subject)
        || std::ranges::any_of(rules.byEvent, [&](const Who &who) { return dialogue::allows(who, subject); });
}

bool RuleSet::allows(RoomAction action, const Subject &subject, const QString &event) const
{
    if (action == RoomAction::Subscribe && event == AnyEvent)
        return allowsAnyEvent(subject);
    if (action == RoomAction::History && !event.isEmpty() && !allows(RoomAction::Subscribe, subject, event))
        return false;
    const Who *const who = find(action, event);
    if (!who)
        return action != RoomAction::Delete || subject.isOwner;
    return dialogue::allows(*who, subject);
}

StatedRule RuleSet::ruleOf(RoomAction action, const QString &event) const
{
    const RoomRules &rules = m_config.rules;
    const Who *const who = find(action, event);
    switch (action) {
    case RoomAction::See:
        return {who, rules.see ? QStringLiteral("rules.see") : QStringLiteral("rules.join")};
    case RoomAction::Join:
        return {who, QStringLiteral("rules.join")};
    case RoomAction::Subscribe:
        return {who, nameOf(rules.subscribe, QStringLiteral("rules.subscribe"), event)};
    case RoomAction::Trigger:
        return {who, nameOf(rules.trigger, QStringLiteral("rules.trigger"), event)};
    case RoomAction::History:
        return {who, QStringLiteral("rules.history")};
    case RoomAction::Delete:
        break;
    }
    return {who, QStringLiteral("rules.delete")};
}

QStringList RuleSet::everythingFor(const Subject &subject) const
{
    const EventRules &rules = m_config.rules.subscribe;
    QStringList names;
    if (!rules.others || dialogue::allows(*rules.others, subject))
        names.append(AnyEvent);
    for (auto rule = rules.byEvent.cbegin(); rule != rules.byEvent.cend(); ++rule) {
        if (dialogue::allows(rule.value(), subject))
            names.append(rule.key());
    }
    std::ranges::sort(names);
    return names;
}

} // namespace dialogue
