#pragma once

#include "core/room/roomconfig.h"
#include "server/rules/allows.h"

#include <vector>

namespace dialogue {

/** What a rule is about. */
enum class RoomAction {
    See,
    Join,
    Subscribe,
    Trigger,
    History,
    Delete,
};

/** The rule that decides, for people. */
struct StatedRule
{
    const Who *who = nullptr; ///< Null: none is stated.
    QString name; ///< "rules.trigger.announcement"
};

/** The rules of a room, as they are asked for each event: pure, and immutable. */
class RuleSet
{
public:
    /** \a config outlives it. */
    explicit RuleSet(const RoomConfig &config);

    /**
     * Whether \a subject may do that; with no rule to it, whether one may who is in the room, or of Delete
     * its owner. \a event is the one that it subscribes to ("*": to whatever it may), triggers or whose
     * history it reads, for which it has to be allowed to subscribe as well (empty: all of them).
     */
    [[nodiscard]] bool allows(RoomAction action, const Subject &subject, const QString &event = {}) const;
    /** The same of an event that the room declares, by its place: the fast one. */
    [[nodiscard]] bool allowsTrigger(const Subject &subject, const EventDefinition &event) const
    {
        const Who *const who = m_triggers[static_cast<std::size_t>(&event - m_config.events.constData())];
        return !who || dialogue::allows(*who, subject);
    }
    [[nodiscard]] bool isSeenByAll() const { return !find(RoomAction::See, {}); }
    [[nodiscard]] StatedRule ruleOf(RoomAction action, const QString &event = {}) const;

    /** There are rules by which one subscribes. */
    [[nodiscard]] bool guardsEvents() const
    {
        return m_config.rules.subscribe.others || !m_guarded.isEmpty();
    }
    /** Events that have such a rule of their own, in alphabetical order. */
    [[nodiscard]] const QStringList &guarded() const { return m_guarded; }
    /** What a subscription to everything is for \a subject: those of guarded() that it may have, and "*" for
     * all others; in alphabetical order. */
    [[nodiscard]] QStringList everythingFor(const Subject &subject) const;

private:
    [[nodiscard]] const Who *find(RoomAction action, const QString &event) const;
    [[nodiscard]] bool allowsAnyEvent(const Subject &subject) const;

    const RoomConfig &m_config;
    std::vector<const Who *> m_triggers; ///< Of each event that is declared; null: none is stated.
    QStringList m_guarded;
};

} // namespace dialogue
