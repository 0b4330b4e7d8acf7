#include "server/rules/explain.h"

#include "server/rules/ruleset.h"

#include <utility>

namespace dialogue {

namespace {

const QString AnyOther = QStringLiteral("*");

/** By one rule alone. */
RuleVerdict verdictOf(const RuleSet &rules, const Subject &subject, RoomAction action, const QString &name,
                      const QString &event = {})
{
    const StatedRule rule = rules.ruleOf(action, event);
    RuleVerdict verdict{.action = name,
                        .event = event,
                        .isAllowed = rule.who ? allows(*rule.who, subject)
                                              : action != RoomAction::Delete || subject.isOwner};
    if (rule.who) {
        verdict.rule = rule.name;
        verdict.place = rule.who->place;
    }
    return verdict;
}

/** Of what needs something else besides: where that is not allowed, it decides. */
RuleVerdict behind(const RuleVerdict &needed, RuleVerdict verdict)
{
    if (needed.isAllowed)
        return verdict;
    verdict.isAllowed = false;
    verdict.rule = needed.rule;
    verdict.place = needed.place;
    return verdict;
}

QStringList eventsOf(const RoomConfig &room)
{
    QStringList events;
    for (const EventDefinition &event : room.events) {
        if (event.name != AnyOther)
            events.append(event.name);
    }
    if (!room.isOpen())
        return events;
    for (const EventRules &rules : {room.rules.subscribe, room.rules.trigger})
        events += rules.byEvent.keys();
    events.removeDuplicates();
    events.append(AnyOther);
    return events;
}

} // namespace

QList<RuleVerdict> explainRules(const RoomConfig &room, const Who &create, const Identity &identity)
{
    const RuleSet rules(room);
    const Subject subject{identity, !room.createdById.isEmpty() && room.createdById == identity.userId};
    const QStringList events = eventsOf(room);
    const RuleVerdict join = verdictOf(rules, subject, RoomAction::Join, QStringLiteral("join"));
    const RuleVerdict history
        = behind(join, verdictOf(rules, subject, RoomAction::History, QStringLiteral("history")));

    QList<RuleVerdict> verdicts{verdictOf(rules, subject, RoomAction::See, QStringLiteral("see")), join};
    for (const QString &event : events) {
        verdicts.append(behind(
            join, verdictOf(rules, subject, RoomAction::Subscribe, QStringLiteral("subscribe"), event)));
    }
    for (const QString &event : events) {
        verdicts.append(
            behind(join, verdictOf(rules, subject, RoomAction::Trigger, QStringLiteral("trigger"), event)));
    }
    for (const QString &event : events) {
        RuleVerdict read = verdictOf(rules, subject, RoomAction::Subscribe, QStringLiteral("history"), event);
        if (read.isAllowed && !history.rule.isEmpty()) {
            read.rule = history.rule;
            read.place = history.place;
        }
        verdicts.append(behind(history, read));
    }
    verdicts.append(verdictOf(rules, subject, RoomAction::Delete, QStringLiteral("delete")));
    verdicts.append({.action = QStringLiteral("create"),
                     .isAllowed = allows(create, {identity}),
                     .rule = QStringLiteral("roomCreation.create"),
                     .place = create.place});
    return verdicts;
}

} // namespace dialogue
