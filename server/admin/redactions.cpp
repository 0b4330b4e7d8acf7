#include "server/admin/redactions.h"

#include "server/admin/permissions.h"
#include "server/rooms/room_p.h"

namespace dialogue::admin {

RedactionPtr Redactions::of(const Room &room, const QString &event)
{
    if (m_last.room != &room || m_last.event != event)
        m_last = {&room, event, find(room, event)};
    return m_last.redaction;
}

RedactionPtr Redactions::find(const Room &room, const QString &event)
{
    const std::pair key(RoomPrivate::of(room).id, event);
    if (const auto known = m_known.constFind(key); known != m_known.constEnd())
        return *known;
    if (m_known.size() >= MostKnown)
        m_known.clear();
    return *m_known.insert(key, make(room, event));
}

RedactionPtr Redactions::make(const Room &room, const QString &event) const
{
    const RoomPrivate &inside = RoomPrivate::of(room);
    QList<Redaction::Rule> rules;
    for (const RedactionRule &rule : m_config.redact) {
        if (matches({rule.room}, inside.id) && matches({rule.event}, event))
            rules.append({.path = pathOf(rule.path), .kind = rule.kind});
    }
    // What a rule says of a part comes before what its schema says.
    if (const EventDefinition *const definition = inside.declared().find(event))
        rules += sensitiveOf(definition->schema.toJson());
    return rules.isEmpty() ? RedactionPtr() : std::make_shared<const Redaction>(std::move(rules));
}

} // namespace dialogue::admin
